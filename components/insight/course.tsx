import { TimeLines } from '@/components/charts/time-lines';
import type { MetricDetail } from '@/lib/insight';

/** A figure over time; nothing where there is none. */
export function Course({ detail }: { detail: Pick<MetricDetail, 'metric' | 'points' | 'period'> }) {
  const { metric, points, period } = detail;
  const known = points.filter((point) => point.value !== null);
  if (known.length === 0) return null;
  const label = `${metric.title} by ${period.bucket}`;
  return (
    <div className="mt-4">
      <TimeLines
        label={label}
        series={[{ key: 'value', label: metric.course }]}
        points={points.map(({ at, value }) => ({
          at,
          values: value === null ? ({} as Record<string, number>) : { value },
        }))}
      />
    </div>
  );
}
