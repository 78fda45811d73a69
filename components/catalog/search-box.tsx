'use client';

import Form from 'next/form';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { SearchInput } from '@/components/ui/search-input';
import type { CatalogSuggestion } from '@/lib/catalog';
import { useSuggestions } from './use-suggestions';

interface SearchBoxProps {
  initial: string;
  /** The chosen facets, kept when searching again. */
  kept: { name: string; value: string }[];
}

const hrefOf = ({ domain, name }: CatalogSuggestion) => `/products/${domain}/${name}`;

/** A combobox (WAI-ARIA 1.2): arrows choose a suggestion, Enter opens it or searches, Escape closes. */
export function SearchBox({ initial, kept }: SearchBoxProps) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState(initial);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(isOpen ? text : '');
  const isShown = isOpen && suggestions.length > 0;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') setIsOpen(false);
    if (!isShown) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const places = suggestions.length + 1;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(((active + 1 + step + places) % places) - 1);
    }
    const chosen = suggestions[active];
    if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      router.push(hrefOf(chosen));
    }
  }

  return (
    <Form action="/catalog" role="search" className="flex gap-2" onSubmit={() => setIsOpen(false)}>
      {kept.map(({ name, value }) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <div className="relative min-w-0 flex-1">
        <SearchInput
          name="q"
          label="Search by name, column, tag, owner…"
          slashFocus
          autoComplete="off"
          role="combobox"
          aria-expanded={isShown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(-1);
            setIsOpen(true);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setIsOpen(false)}
        />
        <div
          id={listId}
          role="listbox"
          aria-label="Suggestions"
          hidden={!isShown}
          className="absolute inset-x-0 top-full z-10 mt-1 overflow-hidden rounded-lg border bg-raised py-1 shadow-lg"
        >
          {suggestions.map((suggestion, index) => (
            <Suggestion
              key={hrefOf(suggestion)}
              id={`${listId}-${index}`}
              suggestion={suggestion}
              isActive={index === active}
              onChoose={() => router.push(hrefOf(suggestion))}
            />
          ))}
        </div>
      </div>
      <Button type="submit" variant="primary">
        Search
      </Button>
    </Form>
  );
}

interface SuggestionProps {
  id: string;
  suggestion: CatalogSuggestion;
  isActive: boolean;
  onChoose: () => void;
}

function Suggestion({ id, suggestion, isActive, onChoose }: SuggestionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox's input holds focus and handles keys
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      // Before the input's blur closes the list.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn(
        'flex cursor-pointer items-center justify-between gap-3 px-3 py-2 hover:bg-hover',
        isActive && 'bg-hover',
      )}
    >
      <span className="min-w-0">
        <span className="block truncate font-medium">{suggestion.title}</span>
        <span className="block truncate font-mono text-xs text-subtle">
          {suggestion.domain}/{suggestion.name}
        </span>
      </span>
      <Badge>{suggestion.classification}</Badge>
    </div>
  );
}
