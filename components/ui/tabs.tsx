import Link from 'next/link';
import { cn } from './cn';
import { InView } from './in-view';

interface TabsProps {
  /** Names the group for screen readers. */
  label: string;
  items: { href: string; label: string; count?: number | string }[];
  /** `href` of the item shown now. */
  current: string;
  className?: string;
}

/** Tabs that are links: the URL holds which one is open. */
export function Tabs({ label, items, current, className }: TabsProps) {
  return (
    <nav aria-label={label} className={cn('overflow-x-auto border-b', className)}>
      <ul className="flex min-w-max gap-1">
        {items.map((item) => {
          const isCurrent = item.href === current;
          const Item = isCurrent ? InView : 'li';
          return (
            <Item key={item.href}>
              <Link
                href={item.href}
                scroll={false}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  'flex items-center gap-1.5 border-b-2 px-3 py-2.5 text-base font-medium -outline-offset-2 transition-colors',
                  isCurrent
                    ? 'border-accent text-ink'
                    : 'border-transparent text-muted hover:border-line-strong hover:text-ink',
                )}
              >
                {item.label}
                {item.count !== undefined && (
                  <span className="tabular rounded-full bg-sunken px-1.5 text-xs text-muted">
                    {item.count}
                  </span>
                )}
              </Link>
            </Item>
          );
        })}
      </ul>
    </nav>
  );
}
