import { TimeLines } from '@/components/charts/time-lines';
import { Card } from '@/components/ui/card';
import type { CostBoard } from '@/lib/insight';

const COMPARED: Record<string, string> = {
  previous: 'The period before',
  year: 'The same days a year before',
};

/** The total over time beside the period before, and what it consists of. The same figures stand in tables below the charts. */
export function CostCourse({ board }: { board: CostBoard }) {
  const { total, before, kinds, period } = board;
  const known = total.points.filter((point) => point.value !== null);
  if (known.length === 0) return null;
  const compared = COMPARED[period.compare];
  const values = (cells: Record<string, number | null | undefined>) =>
    Object.fromEntries(
      Object.entries(cells).filter((cell): cell is [string, number] => typeof cell[1] === 'number'),
    );
  return (
    <div className="grid gap-6 xl:grid-cols-2">
      <Card
        title={`By ${period.bucket}`}
        description={`In ${total.metric.unit}${compared ? `, beside ${compared.toLowerCase()}` : ''}.`}
      >
        <TimeLines
          label={`Cost by ${period.bucket}`}
          series={[
            { key: 'now', label: 'This period' },
            ...(compared ? [{ key: 'before', label: compared }] : []),
          ]}
          points={total.points.map(({ at, value }, place) => ({
            at,
            values: values({ now: value, before: before[place]?.value }),
          }))}
        />
      </Card>
      <Card title="Storage, computing, serving" description={`In ${total.metric.unit}.`}>
        <TimeLines
          label={`Cost by kind and ${period.bucket}`}
          series={kinds.map(({ metric }) => ({ key: metric.id, label: metric.title }))}
          points={total.points.map(({ at }, place) => ({
            at,
            values: values(
              Object.fromEntries(
                kinds.map(({ metric, points }) => [metric.id, points[place]?.value]),
              ),
            ),
          }))}
        />
      </Card>
    </div>
  );
}
