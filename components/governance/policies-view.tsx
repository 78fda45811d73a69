import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import type { EffectiveRow, PolicySummary } from '@/lib/governance';
import { EffectiveTable } from './effective-table';
import { PoliciesTable } from './policies-table';

const PATH = '/governance/policies';

interface PoliciesViewProps {
  policies: PolicySummary[];
  domains: { name: string; title: string }[];
  /** The domain whose effective policies are shown; null for the organisation. */
  domain: string | null;
  rows: EffectiveRow[];
}

export function PoliciesView({ policies, domains, domain, rows }: PoliciesViewProps) {
  const hrefOf = (name: string | null) =>
    name === null ? PATH : `${PATH}?domain=${encodeURIComponent(name)}`;
  return (
    <>
      <PageHeader
        title="Policies"
        description="Documents that the portal enforces: on every read, and on every product before it is made."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Policies' }]}
      />
      <Card title="In force" flush>
        <PoliciesTable policies={policies} />
      </Card>
      <section aria-labelledby="effective" className="mt-8">
        <h2 id="effective" className="text-xl font-semibold tracking-tight">
          Effective policies
        </h2>
        <p className="mt-1 mb-4 text-muted">
          The global document with the domain’s own merged over it, value by value.
        </p>
        <Tabs
          label="Domain"
          current={hrefOf(domain)}
          items={[
            { href: hrefOf(null), label: 'Organisation' },
            ...domains.map(({ name, title }) => ({ href: hrefOf(name), label: title })),
          ]}
        />
        <Card flush className="mt-4">
          <EffectiveTable rows={rows} caption={`Effective policies: ${domain ?? 'organisation'}`} />
        </Card>
      </section>
    </>
  );
}
