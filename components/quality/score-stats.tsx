import { StatusBadge } from '@/components/ui/badge';
import { Stat } from '@/components/ui/stat';
import type { DimensionVerdict } from '@/lib/quality';
import { titleCase } from '../products/labels';

/** Each dimension's score beside what the policy in force asks for. */
export function ScoreStats({ dimensions }: { dimensions: DimensionVerdict[] }) {
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6 print:grid-cols-3">
      {dimensions.map(({ dimension, score, required, enforcement, source, isMet }) => (
        <Stat
          key={dimension}
          label={titleCase(dimension)}
          value={score.toFixed(1)}
          hint={
            required ? (
              <span title={source ?? undefined}>
                <StatusBadge tone={isMet ? 'ok' : enforcement === 'error' ? 'error' : 'warn'}>
                  {isMet ? 'Met' : 'Too low'}
                </StatusBadge>
                <span className="mt-1 block">
                  policy: {required}, {enforcement}
                </span>
              </span>
            ) : (
              'share of good rows, of 100'
            )
          }
        />
      ))}
    </div>
  );
}
