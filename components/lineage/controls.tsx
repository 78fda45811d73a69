'use client';

import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Select } from '@/components/ui/input';
import { DIRECTIONS, MAX_DEPTH } from '@/lib/lineage/directions';
import type { LineageState } from './lineage-state';

interface ControlsProps {
  state: LineageState;
  columns: readonly string[];
  change: (changes: Partial<LineageState>) => void;
}
const DEPTHS = Array.from({ length: MAX_DEPTH }, (_, at) => ({
  ...{ value: at + 1, label: String(at + 1) },
}));
const WORDS = { both: 'Both ways', upstream: 'Upstream', downstream: 'Downstream' };

/** How far the picture goes, which way, and whether it is about one column. */
export function Controls({ state, columns, change }: ControlsProps) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3 text-sm">
      {state.column === null && (
        <>
          <Choice
            legend="Steps"
            options={DEPTHS}
            current={state.depth}
            choose={(depth) => change({ depth })}
          />
          <Choice
            legend="Direction"
            options={DIRECTIONS.map((value) => ({ value, label: WORDS[value] }))}
            current={state.direction}
            choose={(direction) => change({ direction })}
          />
        </>
      )}
      <div className="flex min-w-0 flex-col gap-1">
        <label htmlFor={id} className="text-muted">
          Column
        </label>
        <Select
          id={id}
          value={state.column ?? ''}
          onChange={(event) => change({ column: event.target.value || null })}
        >
          <option value="">All of the product</option>
          {columns.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      {state.opened.length > 0 && state.column === null && (
        <Button size="sm" onClick={() => change({ opened: [] })}>
          Close what was opened
        </Button>
      )}
    </div>
  );
}

interface ChoiceProps<T> {
  legend: string;
  options: { value: T; label: string }[];
  current: T;
  choose: (value: T) => void;
}

function Choice<T extends string | number>({ legend, options, current, choose }: ChoiceProps<T>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="float-left text-muted">{legend}</legend>
      <div className="flex flex-wrap gap-1">
        {options.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={value === current}
            onClick={() => choose(value)}
            className={cn(
              'inline-flex h-9 min-w-9 items-center justify-center rounded-md border px-2.5',
              value === current
                ? 'border-accent font-medium text-ink'
                : 'text-muted hover:bg-hover',
            )}
          >
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
