import { TimeLines } from '@/components/charts/time-lines';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Course } from '@/lib/insight';
import { LEVELS } from '@/lib/insight/scorecards/checks/check';

/** Products by level over time. */
export function CourseCard({ course: { since, points } }: { course: Course }) {
  if (!since) return null;
  return (
    <Card
      title="Over time"
      description={
        <>
          Products at each level at the end of each UTC day. Recording began{' '}
          <RelativeTime at={since} />.
        </>
      }
    >
      <TimeLines
        label="Products by level, day by day"
        series={LEVELS.map((label) => ({ key: label, label }))}
        points={points.map(({ at, counts }) => ({
          at,
          values: Object.fromEntries(LEVELS.map((label, level) => [label, counts[level] ?? 0])),
        }))}
      />
    </Card>
  );
}
