import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ContractView } from '@/lib/interop';
import { titleCase } from './labels';

interface ContractRulesProps {
  rules: ContractView['rules'];
  kept: ContractView['keptRules'];
}

/** Rules that the contract names and that run, and those that are only kept, each with why. */
export function ContractRules({ rules, kept }: ContractRulesProps) {
  return (
    <>
      <Card
        title="Quality"
        description="What the contract promises. The Quality tab shows all rules that run."
        flush
      >
        <Table
          caption="Quality rules of the contract"
          rows={rules}
          rowKey={(rule) => `${rule.name} ${rule.column ?? ''} ${rule.check}`}
          empty={
            <EmptyState title="No rules" description="This product promises no quality yet." />
          }
          columns={[
            { key: 'name', header: 'Rule', rowHeader: true, cell: (rule) => rule.name },
            {
              key: 'column',
              header: 'Column',
              cell: (rule) => <span className="font-mono text-sm">{rule.column ?? '–'}</span>,
            },
            {
              key: 'check',
              header: 'Check',
              cell: (rule) => <span className="font-mono text-sm">{rule.check}</span>,
            },
            { key: 'dimension', header: 'Dimension', cell: (rule) => titleCase(rule.dimension) },
          ]}
        />
      </Card>
      {kept.length > 0 && (
        <Card
          title="Kept as documentation"
          description="Rules of the imported contract that are not run here. Every export has them."
          flush
        >
          <Table
            caption="Rules that are kept and not run"
            rows={kept.map((rule, index) => ({ ...rule, key: String(index) }))}
            rowKey={({ key }) => key}
            columns={[
              {
                key: 'name',
                header: 'Rule',
                rowHeader: true,
                className: 'min-w-56',
                cell: ({ name, text }) => (
                  <>
                    {name}
                    {text && (
                      <span className="block text-sm font-normal break-words text-subtle">
                        {text}
                      </span>
                    )}
                  </>
                ),
              },
              {
                key: 'column',
                header: 'Column',
                cell: ({ column }) => <span className="font-mono text-sm">{column ?? '–'}</span>,
              },
              {
                key: 'reason',
                header: 'Why it is not run',
                className: 'min-w-56',
                cell: ({ reason }) => reason,
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}
