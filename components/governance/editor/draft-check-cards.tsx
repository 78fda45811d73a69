import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Table } from '@/components/ui/table';
import type { DraftCheck } from '@/lib/governance';

/** What is wrong with the text, what it loosens, and what would hold differently. */
export function DraftCheckCards({ check, isApproved }: { check: DraftCheck; isApproved: boolean }) {
  const { issues, loosenings, changes } = check;
  return (
    <>
      {issues.length > 0 && (
        <Card title="To mend" flush>
          <Table
            caption="What is wrong with the text"
            rows={issues}
            rowKey={(issue) => `${issue.line}:${issue.column}:${issue.path}:${issue.message}`}
            columns={[
              {
                key: 'severity',
                header: 'Gravity',
                cell: (issue) => (
                  <StatusBadge tone={issue.severity === 'error' ? 'error' : 'warn'}>
                    {issue.severity === 'error' ? 'Error' : 'Warning'}
                  </StatusBadge>
                ),
              },
              { key: 'line', header: 'Line', align: 'right', cell: (issue) => issue.line },
              { key: 'path', header: 'Where', cell: (issue) => <code>{issue.path}</code> },
              { key: 'message', header: 'What', rowHeader: true, cell: (issue) => issue.message },
            ]}
          />
        </Card>
      )}
      {loosenings.length > 0 && (
        <Callout
          tone={isApproved ? 'ok' : 'warn'}
          title={
            isApproved
              ? 'A steward has consented to what this loosens'
              : 'This asks for less than the organisation does: a steward has to consent'
          }
        >
          <ul className="mt-1 list-disc pl-5">
            {loosenings.map((one) => (
              <li key={one.name}>
                {one.name}: {one.floor} → {one.value}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {check.document && (
        <Card title="What would hold differently" flush>
          <Table
            caption="Changed values"
            rows={changes}
            rowKey={(change) => `${change.area}/${change.name}`}
            empty={<p className="px-5 py-4 text-muted">Nothing: the same values would hold.</p>}
            columns={[
              { key: 'area', header: 'Area', cell: (change) => change.area },
              { key: 'name', header: 'Rule', rowHeader: true, cell: (change) => change.name },
              { key: 'before', header: 'Now', cell: (change) => change.before ?? '–' },
              {
                key: 'after',
                header: 'Then',
                cell: (change) => <span className="font-medium">{change.after ?? 'gone'}</span>,
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}
