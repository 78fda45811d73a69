import Link from 'next/link';
import { MetricCards } from '@/components/insight/insight-view';
import { scopeWords } from '@/components/insight/scope-bar';
import { insightHref } from '@/components/insight/scope-href';
import type { KeyFigures } from '@/lib/insight';
import { movedMost, trendOf } from '@/lib/insight/words';

const MOVED = 3;

/** Figures of 30 days beside their targets, and which of them moved most. */
export function KeyFiguresCard({ figures: { scope, metrics } }: { figures: KeyFigures }) {
  const about = { range: '30d', ...scope };
  const moved = movedMost(metrics, MOVED);
  return (
    <section aria-labelledby="key-figures">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="key-figures" className="text-lg font-semibold">
          Key figures of {scopeWords(about)}
        </h2>
        <Link href={insightHref(about)} className="link text-sm">
          All figures
        </Link>
      </div>
      {moved.length > 0 && (
        <p className="mb-3 text-sm text-muted">
          Moved most in 30 days:{' '}
          {moved.map((one, place) => (
            <span key={one.metric.id}>
              {place > 0 && '; '}
              <Link href={insightHref(about, one.metric.id)} className="link">
                {one.metric.title}
              </Link>{' '}
              {trendOf(one)?.text}
            </span>
          ))}
          .
        </p>
      )}
      <MetricCards scope={about} metrics={metrics} />
    </section>
  );
}
