'use client';

import { Columns3, Filter, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select } from '@/components/ui/input';
import type { SchemaField } from '@/lib/specs';
import {
  FILTER_OPERATORS,
  type FilterOperator,
  hasNoValue,
  type RowsFilter,
  type RowsView,
} from './rows-url';

interface DataControlsProps {
  fields: SchemaField[];
  view: RowsView;
  onChange: (view: RowsView) => void;
}

const OPAQUE = ['binary', 'json', 'array', 'struct'];

/** Columns, one sort order and simple filters; the API itself can do more. */
export function DataControls({ fields, view, onChange }: DataControlsProps) {
  const [open, setOpen] = useState<'columns' | 'filter' | null>(null);
  const toggle = (panel: 'columns' | 'filter') => setOpen(open === panel ? null : panel);
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <Button
          size="sm"
          icon={<Columns3 aria-hidden />}
          aria-expanded={open === 'columns'}
          onClick={() => toggle('columns')}
        >
          Columns
        </Button>
        <Button
          size="sm"
          icon={<Filter aria-hidden />}
          aria-expanded={open === 'filter'}
          onClick={() => toggle('filter')}
        >
          Filter
        </Button>
        <SortSelect fields={fields} view={view} onChange={onChange} />
        <FilterChips view={view} onChange={onChange} />
      </div>
      {open === 'columns' && <ColumnPicker fields={fields} view={view} onChange={onChange} />}
      {open === 'filter' && (
        <FilterForm
          fields={fields}
          onAdd={(filter) => onChange({ ...view, filters: [...view.filters, filter] })}
        />
      )}
    </div>
  );
}

function SortSelect({ fields, view, onChange }: DataControlsProps) {
  const sortable = fields.filter((field) => !OPAQUE.includes(field.type));
  const options = sortable.flatMap((field, index) => [
    { value: `${index}.asc`, label: `${field.name} ↑` },
    { value: `${index}.desc`, label: `${field.name} ↓` },
  ]);
  const place = sortable.findIndex((field) => field.name === view.order?.column);
  const value = view.order ? `${place}.${view.order.isDescending ? 'desc' : 'asc'}` : '';
  return (
    <Select
      aria-label="Sort by"
      className="max-w-56 [&>select]:h-8 [&>select]:py-0"
      value={value}
      options={[{ value: '', label: 'As stored' }, ...options]}
      onChange={(event) => {
        const [index, direction] = event.target.value.split('.');
        const field = index ? sortable[Number(index)] : undefined;
        const order = field && { column: field.name, isDescending: direction === 'desc' };
        onChange({ ...view, order: order ?? null });
      }}
    />
  );
}

function FilterChips({ view, onChange }: Omit<DataControlsProps, 'fields'>) {
  const labelOf = (operator: FilterOperator) =>
    FILTER_OPERATORS.find((known) => known.value === operator)?.label ?? operator;
  return view.filters.map((filter, index) => (
    <span key={JSON.stringify(filter)} className="inline-flex items-center gap-0.5">
      <Badge tone="accent">
        {filter.column} {labelOf(filter.operator)} {filter.value}
      </Badge>
      <IconButton
        size="sm"
        label={`Remove the filter on ${filter.column}`}
        icon={<X />}
        onClick={() =>
          onChange({ ...view, filters: view.filters.filter((_, place) => place !== index) })
        }
      />
    </span>
  ));
}

function ColumnPicker({ fields, view, onChange }: DataControlsProps) {
  const isShown = (name: string) => view.columns.length === 0 || view.columns.includes(name);
  function toggle(name: string) {
    const names = fields.map((field) => field.name);
    const next = names.filter((other) => (other === name ? !isShown(name) : isShown(other)));
    if (next.length > 0) onChange({ ...view, columns: next.length === names.length ? [] : next });
  }
  return (
    <fieldset className="max-h-64 overflow-y-auto rounded-lg border bg-surface p-3">
      <legend className="sr-only">Columns shown</legend>
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
        {fields.map((field) => (
          <Checkbox
            key={field.name}
            label={<span className="font-mono text-sm break-all">{field.name}</span>}
            checked={isShown(field.name)}
            onChange={() => toggle(field.name)}
          />
        ))}
      </div>
      {view.columns.length > 0 && (
        <Button
          size="sm"
          variant="ghost"
          className="mt-2"
          onClick={() => onChange({ ...view, columns: [] })}
        >
          Show all
        </Button>
      )}
    </fieldset>
  );
}

interface FilterFormProps {
  fields: SchemaField[];
  onAdd: (filter: RowsFilter) => void;
}

function FilterForm({ fields, onAdd }: FilterFormProps) {
  const [operator, setOperator] = useState<FilterOperator>('eq');
  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = fields[Number(form.get('column'))];
    if (field) onAdd({ column: field.name, operator, value: String(form.get('value') ?? '') });
  }
  return (
    <form
      onSubmit={add}
      className="flex flex-wrap items-end gap-2 rounded-lg border bg-surface p-3"
    >
      <Field label="Column">
        <Select
          name="column"
          options={fields.map((field, index) => ({ value: String(index), label: field.name }))}
        />
      </Field>
      <Field label="Condition">
        <Select
          value={operator}
          onChange={(event) => setOperator(event.target.value as FilterOperator)}
          options={[...FILTER_OPERATORS]}
        />
      </Field>
      {!hasNoValue(operator) && (
        <Field label="Value">
          <Input name="value" required maxLength={500} autoComplete="off" />
        </Field>
      )}
      <Button type="submit" variant="primary">
        Add filter
      </Button>
    </form>
  );
}
