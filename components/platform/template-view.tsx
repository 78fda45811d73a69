import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import type { TemplateDocument } from '@/lib/products/template-documents';
import { HealthTable } from './health-table';

interface TemplateViewProps {
  template: TemplateDocument;
  canCreate: boolean;
}

export function TemplateView({ template, canCreate }: TemplateViewProps) {
  const { health, title, description, defaultsYaml } = template;
  const crumbs = [{ label: 'Templates', href: '/platform/templates' }, { label: title }];
  return (
    <>
      <PageHeader
        title={title}
        description={description}
        crumbs={crumbs}
        badges={<Badges template={template} />}
        actions={
          canCreate &&
          health?.isOffered && (
            <ButtonLink href="/products/new" variant="primary">
              New data product
            </ButtonLink>
          )
        }
      />
      <div className="flex flex-col gap-6">
        {health && !health.isOffered && (
          <Callout tone="warn" title="The wizard does not offer this template">
            Something it needs is not available on this platform; the table says what. A platform
            admin can add a driver and name it in the platform document.
          </Callout>
        )}
        {health && (
          <Card
            title="What it needs"
            description="The kinds that the template names, and the driver that stands in for each here."
            flush
          >
            <HealthTable capabilities={health.capabilities} />
          </Card>
        )}
        <Card title="About">
          <KeyValue items={facts(template)} />
        </Card>
        {defaultsYaml && (
          <Card
            title="What a new product starts with"
            description="Every value can be changed in the wizard."
          >
            <CodeBlock samples={{ label: 'Defaults', code: defaultsYaml }} maxHeight="24rem" />
          </Card>
        )}
        <Card title="Document">
          <CodeBlock samples={{ label: 'YAML', code: template.yaml }} maxHeight="32rem" />
        </Card>
      </div>
    </>
  );
}

function Badges({ template: { kind, health } }: { template: TemplateDocument }) {
  return (
    <>
      <Badge>{kind === 'processing' ? 'Processing' : 'Data product'}</Badge>
      {health && (
        <StatusBadge tone={health.isOffered ? 'ok' : 'warn'}>
          {health.isOffered ? 'Offered' : 'Not offered'}
        </StatusBadge>
      )}
    </>
  );
}

function facts(template: TemplateDocument) {
  const { name, version, createdAt, engine, processingTemplate, usedBy } = template;
  return [
    { label: 'Name', value: name, mono: true },
    { label: 'Version', value: version },
    { label: 'In force since', value: <RelativeTime at={createdAt} /> },
    ...(template.kind === 'data_product'
      ? [{ label: 'Products made from it', value: template.productCount }]
      : []),
    ...(processingTemplate
      ? [{ label: 'Pipeline', value: <TemplateLink name={processingTemplate} /> }]
      : []),
    ...(engine ? [{ label: 'Engine', value: engine, mono: true }] : []),
    ...(usedBy.length > 0
      ? [
          {
            label: 'Used by',
            value: (
              <span className="flex flex-wrap gap-x-3">
                {usedBy.map((one) => (
                  <TemplateLink key={one.name} name={one.name} title={one.title} />
                ))}
              </span>
            ),
          },
        ]
      : []),
  ];
}

function TemplateLink({ name, title = name }: { name: string; title?: string }) {
  return (
    <Link href={`/platform/templates/${name}`} className="link">
      {title}
    </Link>
  );
}
