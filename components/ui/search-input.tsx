'use client';

import { Search } from 'lucide-react';
import { type ComponentProps, useEffect } from 'react';
import { cn } from './cn';
import { useFieldProps } from './field';

interface SearchInputProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: string;
  /** `/` moves the focus here; where a page has several, the last one in it is meant. */
  slashFocus?: boolean;
}

function focusSearch(event: KeyboardEvent): void {
  if (event.key !== '/' || event.defaultPrevented) return;
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const target = event.target;
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="menu"] *'));
  if (isTyping || document.querySelector('[role="dialog"][data-state="open"]')) return;
  const fields = [...document.querySelectorAll<HTMLInputElement>('input[data-slash-focus]')];
  const field = fields.filter((candidate) => candidate.offsetParent !== null).at(-1);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

export function SearchInput({ label, slashFocus, className, ...rest }: SearchInputProps) {
  useEffect(() => {
    if (!slashFocus) return;
    window.addEventListener('keydown', focusSearch);
    return () => window.removeEventListener('keydown', focusSearch);
  }, [slashFocus]);
  return (
    <span className={cn('relative block', className)}>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-subtle"
        aria-hidden
      />
      <input
        {...useFieldProps()}
        type="search"
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts={slashFocus ? '/' : undefined}
        data-slash-focus={slashFocus || undefined}
        {...rest}
        className={cn(
          'control peer pl-8.5 placeholder-shown:text-ellipsis',
          slashFocus && 'pointer-fine:pr-9',
        )}
      />
      {slashFocus && (
        <kbd
          className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 rounded-sm border bg-sunken px-1.5 font-mono text-xs text-subtle peer-focus:hidden peer-not-placeholder-shown:hidden pointer-coarse:hidden"
          aria-hidden
        >
          /
        </kbd>
      )}
    </span>
  );
}
