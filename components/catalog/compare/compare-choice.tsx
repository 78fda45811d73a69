'use client';

import { cn } from '@/components/ui/cn';
import { MAX_COMPARED } from '@/lib/catalog/compare/input';
import { type Chosen, useChosen } from './use-chosen';

interface CompareChoiceProps extends Chosen {
  className?: string;
}

/** Puts a product among those to compare, or takes it out again. */
export function CompareChoice({ address, title, className }: CompareChoiceProps) {
  const { chosen, isFull, toggle } = useChosen();
  const isChosen = chosen.some((one) => one.address === address);
  const isRefused = isFull && !isChosen;
  return (
    <label
      title={isRefused ? `At most ${MAX_COMPARED} can be compared. Take one out first.` : undefined}
      className={cn(
        'inline-flex min-h-6 items-center gap-1.5 text-sm whitespace-nowrap',
        isRefused ? 'text-subtle' : 'cursor-pointer text-muted hover:text-ink',
        className,
      )}
    >
      <input
        type="checkbox"
        checked={isChosen}
        disabled={isRefused}
        onChange={() => toggle({ address, title })}
        className="size-4.5 accent-accent"
      />
      Compare<span className="sr-only"> {title}</span>
    </label>
  );
}
