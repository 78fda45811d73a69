'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { SnapshotRow } from '@/lib/serving';

export interface Pair {
  from: string;
  to: string;
}

/** How an address names it: a snapshot's number, or what is in staging. */
const nameOf = (row: SnapshotRow) =>
  row.environment === 'staging' ? 'staging' : String(row.number);

function labelOf(row: SnapshotRow): string {
  if (row.environment === 'staging') return 'Candidate in staging';
  return `Snapshot ${row.number}${row.isServed ? ', served' : ''}`;
}

/** Any two snapshots whose rows are kept, the candidate in staging among them. */
export function CompareSnapshots({
  rows,
  compare,
}: {
  rows: SnapshotRow[];
  compare: (pair: Pair) => void;
}) {
  const kept = rows.filter((row) => row.status === 'ready');
  const options = kept.map((row) => ({ value: nameOf(row), label: labelOf(row) }));
  const [chosen, setChosen] = useState<Partial<Pair>>({});
  const [newest, older] = options;
  if (!newest || !older) return null;
  const held = (value: string | undefined) => options.find((one) => one.value === value)?.value;
  const from = held(chosen.from) ?? older.value;
  const to = held(chosen.to) ?? newest.value;
  return (
    <form
      className="flex flex-wrap items-end gap-3 border-t px-5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        compare({ from, to });
      }}
    >
      <Field label="Rows from" className="min-w-44">
        <Select
          value={from}
          onChange={(event) => setChosen({ ...chosen, from: event.target.value })}
          options={options}
        />
      </Field>
      <Field label="Rows to" className="min-w-44">
        <Select
          value={to}
          onChange={(event) => setChosen({ ...chosen, to: event.target.value })}
          options={options}
        />
      </Field>
      <Button type="submit" disabled={from === to}>
        Compare the two
      </Button>
    </form>
  );
}
