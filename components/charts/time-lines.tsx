'use client';

import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

interface TimeLinesProps {
  /** What the lines show, for the table's caption. */
  label: string;
  /** The keys of `values`, in the order of the legend. */
  series: { key: string; label: string }[];
  /** Oldest first; a series that a point does not have is left open there. */
  points: { at: string; values: Record<string, number> }[];
  /** The least value of the axis; without it the axis begins at zero. */
  from?: number;
  to?: number;
}

const HEIGHT = 260;
const tick = { fill: 'var(--muted)', fontSize: 12 };
const SHORT = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const COMPACT = new Intl.NumberFormat('en', {
  ...{ notation: 'compact', maximumSignificantDigits: 3 },
});
const EXACT = new Intl.DateTimeFormat('en', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});
const dash = ['0', '6 3', '2 3', '8 3 2 3', '1 4', '10 4'];

/** Lines over time; the same figures stand in a table for those who do not see the chart. */
export function TimeLines({ label, series, points, from = 0, to }: TimeLinesProps) {
  const data = points.map(({ at, values }) => ({ at, ...values }));
  // A point between gaps has no line: only its dot shows it.
  const known = points.filter(({ values }) => Object.keys(values).length > 0).length;
  return (
    <figure className="relative">
      <div aria-hidden="true" style={{ height: HEIGHT }}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <LineChart
            data={data}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              tickFormatter={(at) => SHORT.format(new Date(String(at)))}
              tick={tick}
              tickLine={false}
              axisLine={false}
              minTickGap={32}
            />
            <YAxis
              width={48}
              domain={[from, to ?? 'auto']}
              tickFormatter={(value: number) => COMPACT.format(value)}
              tick={tick}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              labelFormatter={(at) => `${EXACT.format(new Date(String(at)))} UTC`}
              contentStyle={{
                background: 'var(--raised)',
                borderColor: 'var(--line)',
                borderRadius: 8,
                color: 'var(--ink)',
              }}
            />
            {series.length > 1 && (
              <Legend verticalAlign="top" height={52} iconType="plainline" itemSorter={null} />
            )}
            {series.map(({ key, label: name }, at) => (
              <Line
                key={key}
                dataKey={key}
                name={name}
                stroke={`var(--chart-${(at % 6) + 1})`}
                strokeDasharray={dash[at % dash.length]}
                strokeWidth={2}
                dot={known < 30 ? { r: 2.5, strokeDasharray: '0' } : false}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ key, label: name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, values }) => (
            <tr key={at}>
              <th scope="row">{EXACT.format(new Date(at))}</th>
              {series.map(({ key }) => (
                <td key={key}>{values[key] ?? 'not measured'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
