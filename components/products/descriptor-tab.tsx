import { Download } from 'lucide-react';
import { CodeBlock } from '@/components/ui/code-block';
import type { ProductPage } from '@/lib/serving';

export function DescriptorTab({ page }: { page: ProductPage }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-muted">
          The product's contract as a DataProduct document. It reads back to the same product.
        </p>
        <a
          className="link inline-flex items-center gap-1.5"
          href={`/api/v1/data/${page.domain}/${page.name}/descriptor.yaml`}
          download
        >
          <Download className="size-4" aria-hidden /> Download YAML
        </a>
      </div>
      <CodeBlock samples={{ label: 'YAML', code: page.yaml }} maxHeight="70vh" />
    </div>
  );
}
