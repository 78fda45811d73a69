import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import type { EffectiveRow } from '@/lib/governance';
import { EffectiveTable } from './effective-table';
import { GovernanceTabs } from './governance-tabs';

const PATH = '/governance/effective';

interface EffectiveViewProps {
  domains: { name: string; title: string }[];
  /** The domain whose policies are shown; null for the organisation. */
  domain: string | null;
  rows: EffectiveRow[];
}

export function EffectiveView({ domains, domain, rows }: EffectiveViewProps) {
  const hrefOf = (name: string | null) =>
    name === null ? PATH : `${PATH}?domain=${encodeURIComponent(name)}`;
  const looser = rows.filter((row) => row.isLooser).length;
  return (
    <>
      <PageHeader
        title="Effective policy"
        description="The organisation’s documents with the domain’s own merged over them, value by value, each with its source."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Effective policy' }]}
      />
      <GovernanceTabs current="/governance/effective" />
      <Tabs
        label="Domain"
        current={hrefOf(domain)}
        items={[
          { href: hrefOf(null), label: 'Organisation' },
          ...domains.map(({ name, title }) => ({ href: hrefOf(name), label: title })),
        ]}
      />
      <p className="mt-4 text-muted">
        {looser === 0
          ? 'Nothing here asks for less than the organisation does.'
          : `${looser} ${looser === 1 ? 'value asks' : 'values ask'} for less than the organisation does.`}
      </p>
      <Card flush className="mt-4">
        <EffectiveTable rows={rows} caption={`Effective policies: ${domain ?? 'organisation'}`} />
      </Card>
    </>
  );
}
