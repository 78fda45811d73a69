'use client';

import Form from 'next/form';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { SearchInput } from '@/components/ui/search-input';
import { useCombobox } from '@/components/ui/use-combobox';
import { useSuggestions } from './use-suggestions';

interface SearchBoxProps {
  initial: string;
  /** The chosen facets, kept when searching again. */
  kept: { name: string; value: string }[];
}

/** Searches; a suggestion that is chosen is opened. */
export function SearchBox({ initial, kept }: SearchBoxProps) {
  const router = useRouter();
  const [text, setText] = useState(initial);
  const [isOpen, setIsOpen] = useState(false);
  const suggestions = useSuggestions(isOpen ? text : '');
  const { input, typed, list } = useCombobox({
    ...{ label: 'Suggestions', options: suggestions, isOpen, setIsOpen },
    className: 'max-h-[70vh]',
    onChoose: ({ href }) => router.push(href),
  });
  return (
    <Form action="/catalog" role="search" className="flex gap-2" onSubmit={() => setIsOpen(false)}>
      {kept.map(({ name, value }) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <div className="relative min-w-0 flex-1">
        <SearchInput
          {...input}
          name="q"
          label="Search by name, column, tag, owner…"
          slashFocus
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            typed();
          }}
        />
        {list}
      </div>
      <Button type="submit" variant="primary">
        Search
      </Button>
    </Form>
  );
}
