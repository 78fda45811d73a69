import type { ReactNode } from 'react';
import { cn } from './cn';

interface KeyValueProps {
  items: { label: ReactNode; value: ReactNode; mono?: boolean }[];
  /** `rows` reads down; `grid` lays short facts side by side. */
  layout?: 'rows' | 'grid';
  className?: string;
}

export function KeyValue({ items, layout = 'rows', className }: KeyValueProps) {
  const isGrid = layout === 'grid';
  return (
    <dl
      className={cn(
        isGrid ? 'grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4' : 'flex flex-col',
        className,
      )}
    >
      {items.map((item, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of facts
          key={index}
          className={cn(
            'min-w-0',
            !isGrid &&
              'flex flex-wrap gap-x-4 gap-y-0.5 border-b py-2 first:pt-0 last:border-b-0 last:pb-0',
          )}
        >
          <dt className={cn('text-sm text-muted', !isGrid && 'w-40 shrink-0 leading-[1.375rem]')}>
            {item.label}
          </dt>
          <dd
            className={cn(
              'min-w-0 break-words',
              !isGrid && 'flex-1 basis-48',
              isGrid && 'mt-0.5',
              item.mono && 'font-mono text-sm',
            )}
          >
            {item.value ?? <span className="text-subtle">not set</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
