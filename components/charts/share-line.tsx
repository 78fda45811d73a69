'use client';

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

interface ShareLineProps {
  /** What the line shows, for the table's caption. */
  label: string;
  /** Oldest first; a share between 0 and 1, or null where nothing is known. */
  points: { at: string; share: number | null }[];
  /** Drawn as a line across. */
  target: number;
  /** Whether points are hours or UTC days. */
  step: 'hour' | 'day';
}

const HEIGHT = 150;
const tick = { fill: 'var(--muted)', fontSize: 12 };
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const HOUR = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' },
});
/** Rounded down, so that a loss shows; more digits where targets differ by them. */
const percent = (share: number) => {
  const parts = share >= 0.99 ? 1000 : 10;
  return `${Math.floor(share * 100 * parts + 1e-6) / parts}%`;
};

/** A share over time beside its target; the same figures stand in a table for those who do not see it. */
export function ShareLine({ label, points, target, step }: ShareLineProps) {
  const words = (at: string) => (step === 'day' ? DAY : HOUR).format(new Date(at));
  const known = points.flatMap(({ at, share }) => (share === null ? [] : [{ at, share }]));
  const least = Math.min(target, ...known.map(({ share }) => share));
  const floor = Math.max(0, least - Math.max((1 - least) * 0.25, 0.0005));
  return (
    <figure className="relative min-w-0">
      <div aria-hidden="true" style={{ height: HEIGHT }}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <LineChart
            data={points}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              tickFormatter={words}
              {...{ tick, tickLine: false, axisLine: false, minTickGap: 32 }}
            />
            <YAxis
              domain={[floor, 1]}
              tickFormatter={percent}
              tickCount={3}
              width={60}
              {...{ tick, tickLine: false, axisLine: false }}
            />
            <ReferenceLine y={target} stroke="var(--line-strong)" strokeDasharray="4 4" />
            <Tooltip
              labelFormatter={(at) => `${words(String(at))} UTC`}
              formatter={(share) => [percent(Number(share)), '']}
              separator=""
              contentStyle={{
                background: 'var(--raised)',
                borderColor: 'var(--line)',
                borderRadius: 8,
                color: 'var(--ink)',
              }}
            />
            <Line
              dataKey="share"
              stroke="var(--chart-1)"
              strokeWidth={2}
              dot={{ r: 2, fill: 'var(--chart-1)' }}
              isAnimationActive={false}
              connectNulls={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{step === 'day' ? 'Day' : 'Hour'} (UTC)</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {known.map(({ at, share }) => (
            <tr key={at}>
              <th scope="row">{words(at)}</th>
              <td>{percent(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
