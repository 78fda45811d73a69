import { StatusBadge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { Impact } from '@/lib/provisioning/versions';

type Consumer = Impact['consumers'][number];

/** What makes somebody a consumer, in words. */
export function groundWords(ground: {
  hasGrant?: boolean;
  reads?: number;
  products?: readonly string[];
}): string {
  const { hasGrant, reads = 0, products = [] } = ground;
  const parts = [
    ...(hasGrant ? ['holds a grant'] : []),
    ...(reads > 0 ? [`${reads} ${reads === 1 ? 'read' : 'reads'} in 90 days`] : []),
    ...products.map((one) => `owns ${one}`),
  ];
  return parts.join(', ') || 'was a consumer';
}

export function columnWords(columns: readonly string[] | null | undefined): string {
  if (!columns) return 'any column';
  return (
    columns.slice(0, 8).join(', ') + (columns.length > 8 ? ` and ${columns.length - 8} more` : '')
  );
}

/** Who consumes the product, and whom the change hits. */
export function ImpactList({ impact, isBreaking }: { impact: Impact; isBreaking: boolean }) {
  return (
    <>
      <Table<Consumer>
        caption="Consumers"
        rows={impact.consumers}
        rowKey={(one) => one.userId}
        empty={
          <EmptyState
            title="Nobody consumes it"
            description="No grant, no read in the last 90 days and no product that is made of it."
          />
        }
        columns={[
          { key: 'who', header: 'Consumer', rowHeader: true, cell: (one) => one.name },
          { key: 'ground', header: 'Because', cell: groundWords },
          { key: 'columns', header: 'Uses', cell: (one) => columnWords(one.columns) },
          {
            key: 'hit',
            header: 'Effect',
            cell: (one) => (
              <StatusBadge tone={isBreaking && one.isAffected ? 'error' : 'ok'}>
                {isBreaking && one.isAffected ? 'Has to acknowledge' : 'Not affected'}
              </StatusBadge>
            ),
          },
        ]}
      />
      {impact.isCut && <p className="px-5 py-3 text-muted">Only the first 500 are listed.</p>}
      {impact.downstream.length > 0 && (
        <p className="px-5 py-3 text-sm text-muted">
          Products made of it: {impact.downstream.map((one) => one.address).join(', ')}. After a
          breaking change they go on reading the old version until its sunset or until their owners
          move them.
        </p>
      )}
    </>
  );
}
