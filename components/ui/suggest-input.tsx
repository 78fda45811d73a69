'use client';

import { type ComponentProps, type KeyboardEvent, useId, useState } from 'react';
import { Input } from './input';
import { type ListOption, OptionList } from './option-list';
import { useListbox } from './use-listbox';

interface SuggestInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'list'> {
  value: string;
  onValue: (text: string) => void;
  /** What may be meant by what is typed; choosing one puts its `key` into the input. */
  options: ListOption[];
  /** Names the list. */
  listLabel: string;
}

/** A text with suggestions (WAI-ARIA 1.2 combobox): arrows and Enter take one, Escape closes them, any text may be typed. */
export function SuggestInput(props: SuggestInputProps) {
  const { value, onValue, options, listLabel, ...rest } = props;
  const listId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const others = options.filter((option) => option.key !== value);
  const isShown = isOpen && others.length > 0;
  const choose = (option: ListOption) => {
    onValue(option.key);
    setIsOpen(false);
  };
  const listbox = useListbox(isShown ? others.length : 0, (at) => choose(others[at]!));
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') setIsOpen(false);
    if (event.key === 'ArrowDown') setIsOpen(true);
    listbox.onKeyDown(event);
  }
  return (
    <div className="relative">
      <Input
        {...rest}
        role="combobox"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={listbox.active >= 0 ? `${listId}-${listbox.active}` : undefined}
        value={value}
        onChange={(event) => {
          onValue(event.target.value);
          listbox.setActive(-1);
          setIsOpen(true);
        }}
        onFocus={() => setIsOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={() => setIsOpen(false)}
      />
      <div
        hidden={!isShown}
        className="absolute inset-x-0 top-full z-10 mt-1 max-h-52 overflow-y-auto rounded-lg border bg-raised pb-1 shadow-lg"
      >
        <OptionList
          id={listId}
          label={listLabel}
          options={others}
          active={listbox.active}
          onChoose={choose}
        />
      </div>
    </div>
  );
}
