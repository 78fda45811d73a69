import type { ReactNode } from 'react';
import { statusLook } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import type { ReadinessItem } from '@/lib/documentation';

interface ReadinessListProps {
  items: readonly ReadinessItem[];
  /** The title of what is missing, as the way to where it is mended. */
  mend: (item: ReadinessItem) => ReactNode;
}

/** What is there and what is missing before a product is fit to be read by others. */
export function ReadinessList({ items, mend }: ReadinessListProps) {
  return (
    <ul className="flex flex-col gap-3">
      {items.map((item) => {
        const { id, title, isDone, why } = item;
        const { icon: Icon, text } = isDone ? statusLook.ok : statusLook.warn;
        return (
          <li key={id} className="flex items-start gap-2.5">
            <Icon className={cn('mt-0.5 size-4.5 shrink-0', text)} aria-hidden />
            <div className="min-w-0">
              <p className="font-medium">
                <span className="sr-only">{isDone ? 'Done: ' : 'Missing: '}</span>
                {isDone ? title : mend(item)}
              </p>
              <p className="text-sm break-words text-muted">{why}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
