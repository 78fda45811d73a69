import type { ReactNode } from 'react';
import { type StatusTone, statusLook } from './badge';
import { RelativeTime } from './relative-time';

interface TimelineItem {
  id: string;
  title: ReactNode;
  at: string | number | Date;
  tone?: StatusTone;
  detail?: ReactNode;
}

/** Events, newest or oldest first as they are given. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {items.map((item, index) => {
        const { icon: Icon, text } = statusLook[item.tone ?? 'neutral'];
        return (
          <li key={item.id} className="flex gap-3">
            <span className="flex flex-col items-center" aria-hidden>
              <Icon className={`mt-0.5 size-4.5 shrink-0 ${text}`} />
              {index < items.length - 1 && <span className="mt-1 w-px flex-1 bg-line" />}
            </span>
            <div className="min-w-0 flex-1 pb-5">
              <div className="flex flex-wrap items-baseline gap-x-3">
                <span className="min-w-0 font-medium break-words">{item.title}</span>
                <RelativeTime at={item.at} className="text-sm text-subtle" />
              </div>
              {item.detail && <div className="mt-0.5 text-sm text-muted">{item.detail}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
