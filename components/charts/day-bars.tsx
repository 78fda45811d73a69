'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

interface DayBarsProps {
  /** What the bars count, for the table's caption. */
  label: string;
  /** In the plural, for instance "reads". */
  unit: string;
  /** UTC days, oldest first. */
  days: { day: string; value: number }[];
}

const HEIGHT = 140;
const tick = { fill: 'var(--muted)', fontSize: 12 };
const SHORT = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const short = (day: string) => SHORT.format(new Date(`${day}T00:00:00Z`));

/** A bar a day; the same figures stand in a table for those who do not see the chart. */
export function DayBars({ label, unit, days }: DayBarsProps) {
  return (
    <figure className="relative">
      <div aria-hidden="true" style={{ height: HEIGHT }}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart
            data={days}
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="day"
              tickFormatter={short}
              tick={tick}
              tickLine={false}
              axisLine={false}
              minTickGap={24}
            />
            <YAxis allowDecimals={false} width={36} tick={tick} tickLine={false} axisLine={false} />
            <Tooltip
              cursor={{ fill: 'var(--hover)' }}
              labelFormatter={(day) => short(String(day))}
              formatter={(value) => [`${value} ${unit}`, '']}
              separator=""
              contentStyle={{
                background: 'var(--raised)',
                borderColor: 'var(--line)',
                borderRadius: 8,
                color: 'var(--ink)',
              }}
            />
            <Bar
              dataKey="value"
              fill="var(--chart-1)"
              radius={[3, 3, 0, 0]}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">{unit}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, value }) => (
            <tr key={day}>
              <th scope="row">{short(day)}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
