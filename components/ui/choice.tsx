'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';
import { FieldError } from './field';

interface ToggleProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ label, hint, className, ...rest }: ToggleProps) {
  const hintId = useId();
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      <input
        id={`${hintId}-box`}
        type="checkbox"
        aria-describedby={hint ? hintId : undefined}
        {...rest}
        className="mt-0.5 size-4.5 shrink-0 accent-accent"
      />
      <ToggleText inputId={rest.id ?? `${hintId}-box`} hintId={hintId} label={label} hint={hint} />
    </div>
  );
}

interface ToggleTextProps {
  inputId: string;
  hintId: string;
  label: ReactNode;
  hint?: ReactNode;
}

function ToggleText({ inputId, hintId, label, hint }: ToggleTextProps) {
  return (
    <span className="flex min-w-0 flex-col">
      <label htmlFor={inputId} className="text-base text-ink">
        {label}
      </label>
      {hint && (
        <span id={hintId} className="text-sm text-subtle">
          {hint}
        </span>
      )}
    </span>
  );
}

interface RadioCardOption {
  value: string;
  title: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  /** Shown at the end of the title row, such as a Badge. */
  extra?: ReactNode;
  disabled?: boolean;
}

interface RadioCardsProps {
  legend: ReactNode;
  hideLegend?: boolean;
  name: string;
  options: RadioCardOption[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  hint?: ReactNode;
  error?: string | string[] | null;
  required?: boolean;
  columns?: 1 | 2 | 3;
}

const grid = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 xl:grid-cols-3' } as const;

/** One choice of a few that each need a sentence. Native radios: arrow keys and forms just work. */
export function RadioCards(props: RadioCardsProps) {
  const { legend, hideLegend, options, hint, error, columns = 2 } = props;
  const id = useId();
  const message = Array.isArray(error) ? error.join(' ') : error;
  const described = [hint && `${id}-hint`, message && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset aria-describedby={described || undefined} className="min-w-0">
      <legend className={cn('mb-1.5 text-sm font-medium', hideLegend && 'sr-only')}>
        {legend}
      </legend>
      {hint && (
        <p id={`${id}-hint`} className="mb-2 text-sm text-subtle">
          {hint}
        </p>
      )}
      <div className={cn('grid gap-3', grid[columns])}>
        {options.map((option) => (
          <RadioCard key={option.value} option={option} group={props} invalid={Boolean(message)} />
        ))}
      </div>
      {message && (
        <div className="mt-2">
          <FieldError id={`${id}-error`}>{message}</FieldError>
        </div>
      )}
    </fieldset>
  );
}

interface RadioCardProps {
  option: RadioCardOption;
  group: RadioCardsProps;
  invalid: boolean;
}

function RadioCard({ option, group, invalid }: RadioCardProps) {
  const controlled = group.value !== undefined;
  return (
    <label
      className={cn(
        'group flex cursor-pointer gap-3 rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong',
        'has-checked:border-accent has-checked:bg-accent-soft/40 has-checked:ring-1 has-checked:ring-accent',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
        'has-disabled:cursor-not-allowed has-disabled:bg-sunken has-disabled:hover:border-line',
        invalid && 'border-error',
      )}
    >
      <input
        type="radio"
        name={group.name}
        value={option.value}
        checked={controlled ? group.value === option.value : undefined}
        defaultChecked={controlled ? undefined : group.defaultValue === option.value}
        onChange={() => group.onValueChange?.(option.value)}
        required={group.required}
        disabled={option.disabled}
        className="mt-0.5 size-4.5 shrink-0 outline-none accent-accent"
      />
      <span className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="flex items-center gap-2 font-medium text-ink group-has-disabled:text-subtle">
          {option.icon}
          <span className="min-w-0 flex-1">{option.title}</span>
          {option.extra}
        </span>
        {option.description && <span className="text-sm text-muted">{option.description}</span>}
      </span>
    </label>
  );
}
