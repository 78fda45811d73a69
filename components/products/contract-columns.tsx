import { Card } from '@/components/ui/card';
import { Table } from '@/components/ui/table';
import type { ContractView } from '@/lib/interop';
import { typeText } from '@/lib/specs';
import { FieldMarks } from './schema-tab';

type Column = ContractView['columns'][number];

/** Columns with their members, what marks them, what bounds them and what they mean. */
export function ContractColumns({ columns }: { columns: Column[] }) {
  return (
    <Card title="Schema" flush>
      <Table
        caption={`The ${columns.length} columns of the contract, with members of structs`}
        rows={columns}
        rowKey={({ path }) => path}
        columns={[
          {
            key: 'name',
            header: 'Column',
            rowHeader: true,
            cell: ({ field, depth, path }) => (
              <span
                className="block font-mono break-all"
                style={{ paddingLeft: `${depth}rem` }}
                title={path}
              >
                {field.name}
              </span>
            ),
          },
          {
            key: 'type',
            header: 'Type',
            cell: ({ field }) => (
              <span className="font-mono text-sm">
                {field.type === 'struct' ? 'struct' : typeText(field)}
              </span>
            ),
          },
          { key: 'marks', header: 'Marks', cell: ({ field }) => <FieldMarks field={field} /> },
          {
            key: 'bounds',
            header: 'Constraints',
            className: 'min-w-40',
            cell: ({ constraints }) =>
              constraints.length > 0 ? (
                constraints.join('; ')
              ) : (
                <span className="text-subtle">none</span>
              ),
          },
          {
            key: 'meaning',
            header: 'Meaning',
            className: 'min-w-64',
            cell: (column) => <Meaning column={column} />,
          },
        ]}
      />
    </Card>
  );
}

function Meaning({ column: { field, semantics } }: { column: Column }) {
  return (
    <>
      {field.description || <span className="text-subtle">no description</span>}
      {semantics.map(({ label, text, href }) => {
        return (
          <span key={`${label} ${text}`} className="block text-sm break-words text-muted">
            {label}:{' '}
            {href ? (
              <a className="link break-all" href={href} rel="noreferrer">
                {text}
              </a>
            ) : (
              text
            )}
          </span>
        );
      })}
    </>
  );
}
