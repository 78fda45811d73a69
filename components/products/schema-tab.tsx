import { KeyRound, ShieldAlert } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Table } from '@/components/ui/table';
import { type SchemaField, typeText } from '@/lib/specs';

export function SchemaTab({ fields }: { fields: SchemaField[] }) {
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

export function FieldMarks({ field }: { field: SchemaField }) {
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
