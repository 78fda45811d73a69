'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { GrantTerms, RowCondition, SchemaField, Treatment } from '@/lib/specs';

const NUMBERS = ['integer', 'long', 'double', 'float', 'decimal'];
const isDay = ({ type }: SchemaField) => type === 'date' || type === 'timestamp';

/** What can be shown of a column, by its type. `month` and `year` stand for `generalise`. */
function choicesOf(field: SchemaField) {
  return [
    { value: 'plain', label: 'As it is' },
    { value: 'hash', label: 'Digest' },
    ...(field.type === 'string' ? [{ value: 'partial', label: 'First letter only' }] : []),
    ...(NUMBERS.includes(field.type) ? [{ value: 'generalise', label: 'Rounded down' }] : []),
    ...(isDay(field)
      ? [
          { value: 'month', label: 'Month only' },
          { value: 'year', label: 'Year only' },
        ]
      : []),
    { value: 'null', label: 'Emptied' },
    { value: 'hidden', label: 'Hidden' },
  ];
}

const choiceOf = (treatment: Treatment | undefined) =>
  !treatment
    ? 'hidden'
    : treatment.as === 'generalise' && typeof treatment.step === 'string'
      ? treatment.step
      : treatment.as;

function treatmentOf(choice: string, step: number): Treatment | null {
  if (choice === 'hidden') return null;
  if (choice === 'month' || choice === 'year') return { as: 'generalise', step: choice };
  if (choice === 'generalise') return { as: 'generalise', step };
  return { as: choice as Treatment['as'] };
}

const OPERATORS = [
  { value: 'eq', label: 'is' },
  { value: 'neq', label: 'is not' },
  { value: 'gt', label: 'is more than' },
  { value: 'gte', label: 'is at least' },
  { value: 'lt', label: 'is less than' },
  { value: 'lte', label: 'is at most' },
  { value: 'in', label: 'is one of (a, b)' },
  { value: 'is_null', label: 'is empty' },
  { value: 'not_null', label: 'is not empty' },
];

interface TermsEditorProps {
  fields: SchemaField[];
  value: GrantTerms;
  onChange: (terms: GrantTerms) => void;
}

/** Terms under which every column is shown as it is; what comes later stays hidden. */
export const wholeTerms = (fields: readonly SchemaField[]): GrantTerms => ({
  columns: Object.fromEntries(fields.map(({ name }) => [name, { as: 'plain' as const }])),
  filter: [],
});

export function TermsEditor({ fields, value, onChange }: TermsEditorProps) {
  const columns = value.columns ?? wholeTerms(fields).columns ?? {};
  function change(name: string, treatment: Treatment | null) {
    const { [name]: _, ...others } = columns;
    onChange({ ...value, columns: treatment ? { ...others, [name]: treatment } : others });
  }
  return (
    <div className="grid gap-5">
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-sm font-medium">What is shown of each column</legend>
        {fields.map((field) => (
          <ColumnRow
            key={field.name}
            field={field}
            treatment={columns[field.name]}
            onChange={(treatment) => change(field.name, treatment)}
          />
        ))}
      </fieldset>
      <Conditions
        fields={fields}
        filter={value.filter}
        onChange={(filter) => onChange({ ...value, columns, filter })}
      />
    </div>
  );
}

interface ColumnRowProps {
  field: SchemaField;
  treatment: Treatment | undefined;
  onChange: (treatment: Treatment | null) => void;
}

function ColumnRow({ field, treatment, onChange }: ColumnRowProps) {
  const [step, setStep] = useState(typeof treatment?.step === 'number' ? treatment.step : 100);
  const choice = choiceOf(treatment);
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Field
        label={
          <>
            <span className="font-mono">{field.name}</span>
            <span className="ml-2 font-normal text-subtle">
              {field.type}
              {field.pii && ', personal'}
            </span>
          </>
        }
      >
        <Select
          value={choice}
          options={choicesOf(field)}
          onChange={(event) => onChange(treatmentOf(event.target.value, step))}
        />
      </Field>
      {choice === 'generalise' && (
        <Field label={`To steps of, ${field.name}`}>
          <Input
            type="number"
            min={1}
            value={step}
            onChange={(event) => {
              setStep(Number(event.target.value));
              onChange({ as: 'generalise', step: Number(event.target.value) });
            }}
          />
        </Field>
      )}
    </div>
  );
}

interface ConditionsProps {
  fields: SchemaField[];
  filter: RowCondition[];
  onChange: (filter: RowCondition[]) => void;
}

function Conditions({ fields, filter, onChange }: ConditionsProps) {
  const replace = (at: number, one: RowCondition) =>
    onChange(filter.map((other, index) => (index === at ? one : other)));
  const plain = fields.filter(({ type }) => !['struct', 'array', 'json'].includes(type));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-sm font-medium">Which rows</legend>
      {filter.map((one, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name but their place
          key={at}
          className="grid items-end gap-2 sm:grid-cols-[1fr_1fr_1fr_auto]"
        >
          <Field label="Column">
            <Select
              value={one.column}
              options={plain.map(({ name }) => ({ value: name, label: name }))}
              onChange={(event) => replace(at, { ...one, column: event.target.value })}
            />
          </Field>
          <Field label="Condition">
            <Select
              value={one.operator}
              options={OPERATORS}
              onChange={(event) => replace(at, { ...one, operator: event.target.value as never })}
            />
          </Field>
          <Field label="Value">
            <Input
              value={one.values.join(', ')}
              disabled={one.operator.endsWith('null')}
              onChange={(event) => replace(at, { ...one, values: [event.target.value] })}
            />
          </Field>
          <Button
            variant="ghost"
            onClick={() => onChange(filter.filter((_, index) => index !== at))}
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          disabled={plain.length === 0}
          onClick={() =>
            onChange([...filter, { column: plain[0]!.name, operator: 'eq', values: [''] }])
          }
        >
          Add a condition
        </Button>
      </div>
    </fieldset>
  );
}

/** What is sent: lists are split, conditions without a value have none. */
export const termsToSend = ({ columns, filter }: GrantTerms): GrantTerms => ({
  columns,
  filter: filter.map((one) => ({ ...one, values: valuesOf(one) })),
});

function valuesOf({ operator, values }: RowCondition): string[] {
  if (operator.endsWith('null')) return [];
  if (operator !== 'in') return values;
  return values
    .join(',')
    .split(',')
    .map((value) => value.trim());
}
