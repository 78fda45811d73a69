import Link from 'next/link';
import { runLabel } from '@/components/products/labels';
import { StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ListedProduct } from '@/lib/catalog';

const KINDS = { provision: 'Provisioning', retire: 'Retirement', load: 'Load' } as const;

/** The newest run in words, leading to its page. */
export function RunCell({ product }: { product: ListedProduct }) {
  const { run } = product;
  if (!run) return <span className="text-subtle">None yet</span>;
  const { text, tone } = runLabel(run.status);
  const href =
    run.kind === 'load' ? `/products/${product.domain}/${product.name}/runs` : `/runs/${run.id}`;
  return (
    <Link href={href} className="group inline-flex flex-col items-start gap-0.5">
      <StatusBadge tone={tone}>{text}</StatusBadge>
      <span className="text-sm whitespace-nowrap text-muted group-hover:underline">
        {KINDS[run.kind]} · <RelativeTime at={run.at} />
      </span>
    </Link>
  );
}
