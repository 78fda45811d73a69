'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { fetchJson } from '@/components/products/fetch-json';
import { Input } from '@/components/ui/input';
import { type ListOption, OptionList } from '@/components/ui/option-list';
import { useListbox } from '@/components/ui/use-listbox';
import type { SuggestedTag } from '@/lib/governance';

const split = (text: string) =>
  [...new Set(text.split(',').map((tag) => tag.trim().slice(0, 50)))].filter(Boolean).slice(0, 30);

interface TagInputProps {
  tags: string[];
  onChange: (tags: string[]) => void;
}

/** Tags, separated by commas, with those of the vocabulary as one types; put it into a `Field`. */
export function TagInput({ tags, onChange }: TagInputProps) {
  const held = tags.join(', ');
  const [text, setText] = useState(held);
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  // As typed, as long as it says the same as what is held.
  const shown = split(text).join(', ') === held ? text : held;
  const typed = shown.slice(shown.lastIndexOf(',') + 1).trim();
  const options = useTagOptions(isOpen ? typed : '', tags);
  const isShown = isOpen && options.length > 0;
  const write = (next: string) => {
    setText(next);
    onChange(split(next));
  };
  const choose = ({ title }: ListOption) => {
    const before = shown.slice(0, shown.lastIndexOf(',') + 1).trim();
    setIsOpen(false);
    write(`${before && `${before} `}${title}, `);
  };
  const listbox = useListbox(isShown ? options.length : 0, (at) => choose(options[at]!));
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && isShown) {
      event.stopPropagation();
      setIsOpen(false);
    }
    listbox.onKeyDown(event);
  }
  return (
    <div>
      <Input
        value={shown}
        autoComplete="off"
        role="combobox"
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={listbox.active >= 0 ? `${listId}-${listbox.active}` : undefined}
        onChange={(event) => {
          listbox.setActive(-1);
          setIsOpen(true);
          write(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setIsOpen(false)}
      />
      <div
        hidden={!isShown}
        // In the flow: cards and dialogs would cut off what floats above them.
        className="mt-1 max-h-72 overflow-y-auto rounded-lg border bg-raised pb-1 shadow-lg"
      >
        <OptionList
          id={listId}
          label="Tags of the vocabulary"
          options={options}
          active={listbox.active}
          onChoose={choose}
        />
      </div>
    </div>
  );
}

/** Tags that are meant, perhaps, without those that are there already. */
function useTagOptions(typed: string, tags: string[]): ListOption[] {
  const q = useDeferredValue(typed);
  const { data } = useQuery({
    queryKey: ['tag-suggest', q],
    queryFn: ({ signal }) =>
      fetchJson<{ items: SuggestedTag[] }>(
        `/api/v1/tags/suggest?q=${encodeURIComponent(q)}`,
        signal,
      ),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  });
  if (!q || !data) return [];
  return data.items
    .filter(({ name }) => name === q || !tags.includes(name))
    .map(({ name, state, description }) => ({
      ...{ key: name, group: 'Tags', title: name },
      ...(description && { detail: description }),
      ...(state === 'proposed' && { badge: 'Proposed' }),
    }));
}
