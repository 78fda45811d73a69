'use client';

import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { cn } from './cn';
import { type ListOption, OptionList } from './option-list';
import { useListbox } from './use-listbox';

interface ComboboxProps<Option extends ListOption> {
  /** Names the list. */
  label: string;
  options: Option[];
  onChoose: (option: Option) => void;
  isOpen: boolean;
  setIsOpen: (isOpen: boolean) => void;
  /** The list pushes down what follows: cards and dialogs would cut off what floats above them. */
  isInFlow?: boolean;
  /** How tall the list grows. */
  className: string;
}

interface Combobox {
  /** What the input carries; its `onChange` says `typed`. */
  input: {
    role: 'combobox';
    autoComplete: 'off';
    'aria-expanded': boolean;
    'aria-controls': string;
    'aria-autocomplete': 'list';
    'aria-activedescendant': string | undefined;
    onKeyDown: (event: KeyboardEvent) => void;
    onBlur: () => void;
  };
  typed: () => void;
  /** Stands right after the input; where it floats, both stand in something `relative`. */
  list: ReactNode;
}

/** A text with suggestions (WAI-ARIA 1.2 combobox): arrows choose one, Enter takes it, Escape closes the list. */
export function useCombobox<Option extends ListOption>(props: ComboboxProps<Option>): Combobox {
  const { label, options, onChoose, isOpen, setIsOpen, isInFlow = false, className } = props;
  const id = useId();
  const isShown = isOpen && options.length > 0;
  const choose = (option: Option) => {
    setIsOpen(false);
    onChoose(option);
  };
  const { active, setActive, onKeyDown } = useListbox(isShown ? options.length : 0, (at) =>
    choose(options[at]!),
  );
  return {
    input: {
      role: 'combobox',
      autoComplete: 'off',
      'aria-expanded': isShown,
      'aria-controls': id,
      'aria-autocomplete': 'list',
      'aria-activedescendant': active >= 0 ? `${id}-${active}` : undefined,
      onKeyDown: (event) => {
        if (event.key === 'Escape' && isShown) {
          event.stopPropagation();
          setIsOpen(false);
        }
        if (event.key === 'ArrowDown') setIsOpen(true);
        onKeyDown(event);
      },
      onBlur: () => setIsOpen(false),
    },
    typed: () => {
      setActive(-1);
      setIsOpen(true);
    },
    list: (
      <div
        hidden={!isShown}
        className={cn(
          'mt-1 overflow-y-auto rounded-lg border bg-raised pb-1 shadow-lg',
          !isInFlow && 'absolute inset-x-0 top-full z-10',
          className,
        )}
      >
        <OptionList id={id} label={label} options={options} active={active} onChoose={choose} />
      </div>
    ),
  };
}
