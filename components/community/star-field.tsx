'use client';

import { Star } from 'lucide-react';
import { useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { FieldError } from '@/components/ui/field';

const WORDS = ['Of no use', 'Poor', 'Fair', 'Good', 'Very good'] as const;

interface StarFieldProps {
  defaultValue?: number;
  error?: string;
}

/** One to five: native radios, so that arrow keys and forms just work. */
export function StarField({ defaultValue = 0, error }: StarFieldProps) {
  const id = useId();
  const [value, setValue] = useState(defaultValue);
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 text-sm font-medium">Stars</legend>
      <span className="flex items-center gap-1">
        {WORDS.map((word, index) => {
          const stars = index + 1;
          return (
            <label
              key={word}
              title={word}
              className="relative cursor-pointer rounded-sm p-1 has-focus-visible:outline-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                name="stars"
                value={stars}
                checked={value === stars}
                onChange={() => setValue(stars)}
                className="sr-only"
              />
              <Star
                aria-hidden
                className={cn(
                  'size-6',
                  stars <= value ? 'fill-accent text-accent' : 'text-line-strong',
                )}
              />
              <span className="sr-only">
                {stars} {stars === 1 ? 'star' : 'stars'}: {word}
              </span>
            </label>
          );
        })}
        <span className="ml-1 text-sm text-muted" aria-hidden>
          {WORDS[value - 1]}
        </span>
      </span>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
