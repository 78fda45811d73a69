'use client';

import Form from 'next/form';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { OptionList } from '@/components/ui/option-list';
import { SearchInput } from '@/components/ui/search-input';
import { useListbox } from '@/components/ui/use-listbox';
import { type Suggestion, useSuggestions } from './use-suggestions';

interface SearchBoxProps {
  initial: string;
  /** The chosen facets, kept when searching again. */
  kept: { name: string; value: string }[];
}

/** A combobox (WAI-ARIA 1.2): arrows choose a suggestion, Enter opens it or searches, Escape closes. */
export function SearchBox({ initial, kept }: SearchBoxProps) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState(initial);
  const [isOpen, setIsOpen] = useState(false);
  const suggestions = useSuggestions(isOpen ? text : '');
  const isShown = isOpen && suggestions.length > 0;
  const open = (suggestion: Suggestion) => {
    setIsOpen(false);
    router.push(suggestion.href);
  };
  const listbox = useListbox(isShown ? suggestions.length : 0, (at) => open(suggestions[at]!));

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') setIsOpen(false);
    listbox.onKeyDown(event);
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
          aria-activedescendant={listbox.active >= 0 ? `${listId}-${listbox.active}` : undefined}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            listbox.setActive(-1);
            setIsOpen(true);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setIsOpen(false)}
        />
        <div
          hidden={!isShown}
          className="absolute inset-x-0 top-full z-10 mt-1 max-h-[70vh] overflow-y-auto rounded-lg border bg-raised pb-1 shadow-lg"
        >
          <OptionList
            id={listId}
            label="Suggestions"
            options={suggestions}
            active={listbox.active}
            onChoose={open}
          />
        </div>
      </div>
      <Button type="submit" variant="primary">
        Search
      </Button>
    </Form>
  );
}
