import { CircleCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';
import type { CapabilityHealth } from '@/lib/platform';
import type { ProcessingTemplateCard } from '@/lib/products/template-documents';
import type { TemplateCard } from '@/lib/products/template-queries';
import { CAPABILITY_WORDS } from './capability-words';
import { PlatformTabs } from './platform-tabs';

interface TemplatesViewProps {
  products: TemplateCard[];
  processing: ProcessingTemplateCard[];
  mayRecount: boolean;
}

export function TemplatesView({ products, processing, mayRecount }: TemplatesViewProps) {
  return (
    <>
      <PageHeader
        title="Templates"
        description="What a new product or pipeline starts from. A template names the kinds it needs; the platform says what provides them."
      />
      <PlatformTabs current="/platform/templates" mayRecount={mayRecount} />
      <h2 className="mb-3 text-lg font-semibold tracking-tight">Data products</h2>
      {products.length === 0 ? (
        <EmptyState
          title="No templates"
          description="The first-run seed brings them; an operator can start the portal again."
        />
      ) : (
        <ul className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
          {products.map((template) => (
            <TemplateItem key={template.name} template={template}>
              {template.isOffered ? (
                <StatusBadge tone="ok">Offered</StatusBadge>
              ) : (
                <StatusBadge tone="warn">Not offered</StatusBadge>
              )}
            </TemplateItem>
          ))}
        </ul>
      )}
      {processing.length > 0 && (
        <>
          <h2 className="mt-8 mb-3 text-lg font-semibold tracking-tight">Processing</h2>
          <ul className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
            {processing.map((template) => (
              <TemplateItem key={template.name} template={template}>
                {template.engine && <Badge title="Engine">{template.engine}</Badge>}
              </TemplateItem>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface TemplateItemProps {
  template: {
    name: string;
    version: number;
    title: string;
    description: string;
    capabilities?: CapabilityHealth[];
  };
  children: ReactNode;
}

function TemplateItem({ template, children }: TemplateItemProps) {
  const { name, version, title, description, capabilities = [] } = template;
  return (
    <li className="relative flex flex-col gap-3 rounded-lg border bg-surface p-5 transition-colors focus-within:border-line-strong hover:border-line-strong">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3 className="text-lg font-semibold tracking-tight break-words">
            <Link
              href={`/platform/templates/${name}`}
              className="after:absolute after:inset-0 after:rounded-lg hover:text-accent-ink"
            >
              {title}
            </Link>
          </h3>
          <p className="font-mono text-xs break-all text-subtle">
            {name} · version {version}
          </p>
        </div>
        {children}
      </div>
      {description && <p className="text-base text-muted">{description}</p>}
      {capabilities.length > 0 && (
        <ul className="mt-auto flex flex-col gap-1 border-t pt-3 text-sm">
          {capabilities.map((one) => (
            <CapabilityLine key={one.capability} capability={one} />
          ))}
        </ul>
      )}
    </li>
  );
}

function CapabilityLine({ capability }: { capability: CapabilityHealth }) {
  const Icon = capability.ok ? CircleCheck : TriangleAlert;
  return (
    <li className="flex items-start gap-2">
      <Icon
        className={`mt-0.5 size-3.5 shrink-0 ${capability.ok ? 'text-ok' : 'text-warn'}`}
        aria-hidden
      />
      <span className="min-w-0">
        <span className="text-muted">{CAPABILITY_WORDS[capability.capability].title}: </span>
        <code className="font-mono">{capability.kind}</code>
        <span className="text-muted">
          {capability.ok ? ` → ${capability.title}` : ' → not available here'}
        </span>
      </span>
    </li>
  );
}
