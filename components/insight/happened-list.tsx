import Link from 'next/link';
import type { Ref } from 'react';
import { MARK_LOOKS, MarkGlyph } from '@/components/charts/mark-glyph';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Mark } from '@/lib/insight';

interface HappenedListProps {
  marks: Mark[];
  /** All that happened, also what is not listed. */
  counted: number;
  ref?: Ref<HTMLDetailsElement>;
}

/** The marks above a chart as links, newest first. */
export function HappenedList({ marks, counted, ref }: HappenedListProps) {
  const rest = counted - marks.length;
  return (
    <details ref={ref} className="mt-2">
      <summary className="link w-fit cursor-pointer text-sm">
        What happened ({counted.toLocaleString('en')})
      </summary>
      <ul className="mt-2 max-h-80 divide-y overflow-y-auto text-sm">
        {marks.toReversed().map((mark) => {
          const look = MARK_LOOKS.find((one) => one.kind === mark.kind);
          return (
            <li
              key={`${mark.at} ${mark.href} ${mark.title}`}
              className="flex flex-wrap items-center gap-x-2 py-1.5"
            >
              <svg aria-hidden="true" width={16} height={16} className="shrink-0">
                <MarkGlyph kind={mark.kind} x={8} y={8} count={1} title={look?.label ?? ''} />
              </svg>
              <span className="text-muted">{look?.label}</span>
              <Link href={mark.href} className="link min-w-0 wrap-anywhere">
                {mark.title}
              </Link>
              <span className="text-muted">
                <RelativeTime at={mark.at} />
              </span>
            </li>
          );
        })}
      </ul>
      {rest > 0 && (
        <p className="mt-1 text-sm text-muted">
          The newest of each kind; {rest.toLocaleString('en')} more are not listed. Choose a shorter
          period, a domain or a product to see them.
        </p>
      )}
    </details>
  );
}
