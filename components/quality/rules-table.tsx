import { StatusBadge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { LatestQuality } from '@/lib/quality';
import { countText, titleCase } from '../products/labels';
import { figureText, resultLook } from './quality-words';
import { RuleSwitch } from './rule-switch';

type Result = LatestQuality['results'][number];

/** Rules with their newest results; who may can switch one off. */
export function RulesTable({ results, canManage }: { results: Result[]; canManage: boolean }) {
  return (
    <Table
      caption="Quality rules with their newest results"
      rows={results}
      rowKey={(result) => result.ruleId}
      empty={<EmptyState title="No rules" description="This product promises no quality yet." />}
      columns={[
        {
          key: 'name',
          header: 'Rule',
          rowHeader: true,
          className: 'min-w-56',
          cell: (result) => (
            <>
              {result.name}
              <span className="block text-sm font-normal text-muted">{result.message}</span>
              {result.reason && (
                <span className="block text-sm font-normal text-subtle">{result.reason}</span>
              )}
            </>
          ),
        },
        {
          key: 'result',
          header: 'Result',
          cell: ({ status }) => (
            <StatusBadge tone={resultLook(status).tone}>{resultLook(status).label}</StatusBadge>
          ),
        },
        {
          key: 'column',
          header: 'Column',
          cell: (result) => <span className="font-mono text-sm">{result.column ?? '–'}</span>,
        },
        { key: 'dimension', header: 'Dimension', cell: (result) => titleCase(result.dimension) },
        {
          key: 'score',
          header: 'Score',
          align: 'right',
          cell: (result) => result.score.toFixed(2),
        },
        {
          key: 'failing',
          header: 'Measured',
          align: 'right',
          className: 'whitespace-nowrap',
          cell: measuredText,
        },
        ...(canManage
          ? [
              {
                key: 'switch',
                header: <span className="sr-only">Switch off</span>,
                className: 'print:hidden',
                cell: (result: Result) => (
                  <RuleSwitch ruleId={result.ruleId} name={result.name} isEnabled />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function measuredText({ checked, failing, value, status }: Result): string {
  if (status === 'broken') return '–';
  if (checked > 1 || value === null) return `${countText(failing)} of ${countText(checked)} bad`;
  return figureText(value);
}
