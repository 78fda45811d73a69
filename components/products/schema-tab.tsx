import { KeyRound, ShieldAlert } from 'lucide-react';
import { TermChips } from '@/components/glossary/term-chips';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Table } from '@/components/ui/table';
import type { LinkedTerm } from '@/lib/glossary';
import { type SchemaField, typeText } from '@/lib/specs';

interface SchemaTabProps {
  fields: SchemaField[];
  /** Of the glossary, shown beside the columns that they are linked to. */
  terms?: LinkedTerm[];
}

export function SchemaTab({ fields, terms = [] }: SchemaTabProps) {
  const termsOf = ({ name }: SchemaField) => terms.filter(({ columns }) => columns.includes(name));
  const isTold = fields.some((field) => termsOf(field).length > 0);
  return (
    <Card flush>
      <Table
        caption={`The ${fields.length} columns of the contract`}
        rows={fields}
        rowKey={(field) => field.name}
        columns={[
          {
            key: 'name',
            header: 'Column',
            rowHeader: true,
            cell: (field) => <span className="font-mono break-all">{field.name}</span>,
          },
          {
            key: 'type',
            header: 'Type',
            cell: (field) => <span className="font-mono text-sm">{typeText(field)}</span>,
          },
          { key: 'marks', header: 'Marks', cell: (field) => <FieldMarks field={field} /> },
          ...(isTold
            ? [
                {
                  key: 'terms',
                  header: 'Terms',
                  cell: (field: SchemaField) => <TermChips terms={termsOf(field)} />,
                },
              ]
            : []),
          {
            key: 'description',
            header: 'Description',
            className: 'min-w-60',
            cell: (field) =>
              field.description || <span className="text-subtle">no description</span>,
          },
        ]}
      />
    </Card>
  );
}

type Marks = Pick<SchemaField, 'primaryKey' | 'pii' | 'required' | 'unique'>;

export function FieldMarks({ field }: { field: Marks }) {
  return (
    <span className="flex flex-wrap gap-1">
      {field.primaryKey && <Badge icon={<KeyRound aria-hidden />}>key</Badge>}
      {field.pii && (
        <Badge tone="accent" icon={<ShieldAlert aria-hidden />} title="Says something of a person">
          personal data
        </Badge>
      )}
      {field.required && <Badge>required</Badge>}
      {field.unique && <Badge>unique</Badge>}
    </span>
  );
}
