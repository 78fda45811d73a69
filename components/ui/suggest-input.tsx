'use client';

import { type ComponentProps, useState } from 'react';
import { Input } from './input';
import type { ListOption } from './option-list';
import { useCombobox } from './use-combobox';

interface SuggestInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'list'> {
  value: string;
  onValue: (text: string) => void;
  /** What may be meant by what is typed; choosing one puts its `key` into the input. */
  options: ListOption[];
  /** Names the list. */
  listLabel: string;
}

/** A text with suggestions, which any other text may take the place of. */
export function SuggestInput(props: SuggestInputProps) {
  const { value, onValue, options, listLabel, ...rest } = props;
  const [isOpen, setIsOpen] = useState(false);
  const { input, typed, list } = useCombobox({
    ...{ label: listLabel, isOpen, setIsOpen, className: 'max-h-52' },
    options: options.filter((option) => option.key !== value),
    onChoose: ({ key }) => onValue(key),
  });
  return (
    <div className="relative">
      <Input
        {...rest}
        {...input}
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          onValue(event.target.value);
          typed();
        }}
        onFocus={() => setIsOpen(true)}
      />
      {list}
    </div>
  );
}
