'use client';

import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { Badge } from './badge';
import { cn } from './cn';

export interface ListOption {
  key: string;
  group: string;
  title: string;
  /** A second line. */
  detail?: string;
  badge?: string;
  icon?: ReactNode;
}

interface OptionListProps<Option extends ListOption> {
  id: string;
  label: string;
  /** Options of a group stand together. */
  options: Option[];
  active: number;
  onChoose: (option: Option) => void;
}

/** The options of a combobox in named groups; option n has the id `<id>-<n>`. */
export function OptionList<Option extends ListOption>(props: OptionListProps<Option>) {
  const { id, label, options, active, onChoose } = props;
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <div id={id} role="listbox" aria-label={label}>
      {groups.map((group, at) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
        <div key={group} role="group" aria-labelledby={`${id}-group-${at}`}>
          <div id={`${id}-group-${at}`} className="px-3 pt-2 pb-1 text-xs font-medium text-subtle">
            {group}
          </div>
          {options.map((option, index) =>
            option.group === group ? (
              <Row
                key={option.key}
                id={`${id}-${index}`}
                option={option}
                isActive={index === active}
                onChoose={() => onChoose(option)}
              />
            ) : null,
          )}
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  id: string;
  option: ListOption;
  isActive: boolean;
  onChoose: () => void;
}

function Row({ id, option, isActive, onChoose }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox's input holds focus and handles keys
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      // Before the input's blur closes the list.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn(
        'flex cursor-pointer items-center gap-3 px-3 py-2 hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-subtle',
        isActive && 'bg-hover',
      )}
    >
      {option.icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{option.title}</span>
        {option.detail && (
          <span className="block truncate font-mono text-xs text-subtle">{option.detail}</span>
        )}
      </span>
      {option.badge && <Badge>{option.badge}</Badge>}
    </div>
  );
}
