'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { fetchJson } from '@/components/products/fetch-json';
import { Input } from '@/components/ui/input';
import type { ListOption } from '@/components/ui/option-list';
import { useCombobox } from '@/components/ui/use-combobox';
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
  // As typed, as long as it says the same as what is held.
  const shown = split(text).join(', ') === held ? text : held;
  const last = shown.slice(shown.lastIndexOf(',') + 1).trim();
  const options = useTagOptions(isOpen ? last : '', tags);
  const write = (next: string) => {
    setText(next);
    onChange(split(next));
  };
  const { input, typed, list } = useCombobox({
    ...{ label: 'Tags of the vocabulary', options, isOpen, setIsOpen },
    ...{ isInFlow: true, className: 'max-h-72' },
    onChoose: ({ title }) => {
      const before = shown.slice(0, shown.lastIndexOf(',') + 1).trim();
      write(`${before && `${before} `}${title}, `);
    },
  });
  return (
    <div>
      <Input
        {...input}
        value={shown}
        onChange={(event) => {
          typed();
          write(event.target.value);
        }}
      />
      {list}
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
