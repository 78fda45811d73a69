'use client';

import { Command, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useEffect, useId, useState } from 'react';
import { type Suggestion, useSuggestions } from '@/components/catalog/use-suggestions';
import { IconButton } from '@/components/ui/icon-button';
import { OptionList } from '@/components/ui/option-list';
import { useListbox } from '@/components/ui/use-listbox';
import type { NavVisibility } from './nav-items';
import { paletteOptions, type Recent, readRecent, withRecent } from './palette-options';

interface PaletteProps {
  nav: NavVisibility;
  /** Whose choices are remembered in this browser. */
  person: string;
}

/** ⌘K or Ctrl+K: products, columns, tags, owners, domains, pages and actions from anywhere. */
export function Palette({ nav, person }: PaletteProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      if (event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton
          label="Go to anything (Ctrl+K or ⌘K)"
          aria-keyshortcuts="Control+K Meta+K"
          icon={<Command />}
        />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[calc(100dvh-1.5rem)] max-w-xl animate-rise flex-col overflow-hidden rounded-xl border bg-raised shadow-lg outline-none sm:top-[12vh] sm:max-h-[70vh]"
        >
          <Dialog.Title className="sr-only">Go to anything</Dialog.Title>
          <Choices nav={nav} person={person} onClose={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const keyOf = (person: string) => `portolan.recent.${person}`;

function Choices({ nav, person, onClose }: PaletteProps & { onClose: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [recent] = useState<Recent[]>(() => readRecent(localStorage.getItem(keyOf(person))));
  const options = paletteOptions({ typed, nav, recent, found: useSuggestions(typed) });
  const choose = (option: Suggestion) => {
    if (option.group !== 'Actions') {
      localStorage.setItem(keyOf(person), JSON.stringify(withRecent(recent, option)));
    }
    onClose();
    router.push(option.href);
  };
  const listbox = useListbox(options.length, (at) => choose(options[at]!), 0);
  return (
    <>
      <div className="relative border-b">
        <Search
          className="pointer-events-none absolute top-1/2 left-4 size-4 -translate-y-1/2 text-subtle"
          aria-hidden
        />
        <input
          type="text"
          role="combobox"
          aria-label="Search products, columns, pages…"
          placeholder="Search products, columns, pages…"
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={listbox.active >= 0 ? `${listId}-${listbox.active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            listbox.setActive(0);
          }}
          onKeyDown={listbox.onKeyDown}
          className="h-13 w-full bg-transparent pr-4 pl-11 text-lg outline-none"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pb-2">
        <OptionList
          id={listId}
          label="Choices"
          options={options}
          active={listbox.active}
          onChoose={choose}
        />
      </div>
      <p className="sr-only" role="status">
        {options.length} {options.length === 1 ? 'choice' : 'choices'}
      </p>
    </>
  );
}
