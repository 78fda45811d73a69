'use client';

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Symbols,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import {
  axisOf,
  groupMarks,
  type Measure,
  type Placed,
  type Step,
  stepLines,
  ticksOf,
} from './geometry';
import { MARK_LOOKS, MarkGlyph } from './mark-glyph';

export interface CourseLine {
  key: string;
  label: string;
  /** A value a bucket. */
  values: (number | null)[];
  /** The same of the other period; drawn dashed when `showsBefore`. */
  before: (number | null)[];
}
export interface CourseMark extends Placed {
  title: string;
  href: string;
}
interface CourseProps {
  /** The first instants of the buckets, oldest first. */
  ats: string[];
  /** The first instant after the last bucket. */
  to: string;
  lines: CourseLine[];
  showsBefore: boolean;
  targets: Step[];
  marks: CourseMark[];
  measure: Measure;
  format: (value: number) => string;
  dateOf: (at: string) => string;
  /** What `before` is: "30 days before". */
  beforeWords: string;
  onMark: (marks: CourseMark[]) => void;
}

export const COURSE_HEIGHT = 240;
const MARK_ROW = 16;
const tick = { fill: 'var(--muted)', fontSize: 12 };
const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye'] as const;
const DASHES = ['0', '6 3', '2 3', '8 3 2 3', '1 4', '10 4', '4 2 1 2'];
export const BEFORE_DASH = '5 4';

/** How a line is told from the others: by colour, by shape, and where there are many by its dashes. */
export const lineLook = (place: number, count: number) => ({
  colour: `var(--chart-${(place % 6) + 1})`,
  shape: SHAPES[place % SHAPES.length]!,
  dash: count > 2 ? DASHES[place % DASHES.length]! : '0',
});

interface DotProps {
  cx?: number;
  cy?: number;
  value?: unknown;
}

/** Lines over time, a second one for what they are compared with, steps of targets, and marks of what happened. */
export function Course(props: CourseProps) {
  const { ats, to, lines, showsBefore, targets, marks, measure, format, dateOf, onMark } = props;
  const end = Date.parse(to);
  const data = ats.map((at, place) => ({
    at: Date.parse(at),
    ...Object.fromEntries(
      lines.flatMap(({ key, values, before }) => [
        [key, values[place] ?? null],
        [`${key} before`, before[place] ?? null],
      ]),
    ),
  }));
  const axis = axisOf(
    [
      ...lines.flatMap(({ values, before }) => [...values, ...(showsBefore ? before : [])]),
      ...targets.map((target) => target.value),
    ],
    measure,
  );
  const kinds = MARK_LOOKS.filter(({ kind }) => marks.some((mark) => mark.kind === kind));
  const rowOf = (kind: string) => kinds.findIndex((one) => one.kind === kind);
  const groups = groupMarks(marks, ats);
  return (
    <ResponsiveContainer width="100%" height={COURSE_HEIGHT + kinds.length * MARK_ROW}>
      <LineChart
        data={data}
        margin={{ top: 10 + kinds.length * MARK_ROW, right: 14, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          {...{ tick, tickLine: false, axisLine: false, minTickGap: 24 }}
          dataKey="at"
          type="number"
          scale="time"
          domain={[Date.parse(ats[0] ?? to), end]}
          ticks={ats.map((at) => Date.parse(at))}
          tickFormatter={(at: number) => dateOf(new Date(at).toISOString())}
        />
        <YAxis
          {...{ tick, tickLine: false, axisLine: false, width: 62 }}
          domain={axis}
          ticks={ticksOf(axis, measure)}
          tickFormatter={format}
        />
        <Tooltip
          labelFormatter={(at) => dateOf(new Date(Number(at)).toISOString())}
          formatter={(value) => format(Number(value))}
          contentStyle={{
            background: 'var(--raised)',
            borderColor: 'var(--line)',
            borderRadius: 8,
            color: 'var(--ink)',
          }}
        />
        {groups.map(({ kind, at }) => (
          <ReferenceLine
            key={`${kind} ${at} line`}
            x={Date.parse(at)}
            stroke="var(--line-strong)"
            strokeWidth={1}
            strokeDasharray="1 3"
          />
        ))}
        {stepLines(targets, end).map((segment) => (
          <ReferenceLine
            key={`${segment[0].x} ${segment[0].y} ${segment[1].y}`}
            segment={segment}
            stroke="var(--muted)"
            strokeWidth={1.5}
            strokeDasharray="2 2"
            className="course-target"
          />
        ))}
        {showsBefore &&
          lines.map(({ key, label }, place) => (
            <Line
              key={`${key} before`}
              dataKey={`${key} before`}
              name={`${label}, ${props.beforeWords}`}
              stroke={lineLook(place, lines.length).colour}
              strokeWidth={1.5}
              strokeDasharray={BEFORE_DASH}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        {lines.map(({ key, label }, place) => {
          const { colour, shape, dash } = lineLook(place, lines.length);
          return (
            <Line
              key={key}
              dataKey={key}
              name={label}
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={dash}
              isAnimationActive={false}
              dot={({ cx, cy, value }: DotProps) => (
                <g key={`${key} ${cx}`} className="course-dot" data-line={key}>
                  {typeof value === 'number' && (
                    <Symbols cx={cx} cy={cy} type={shape} size={26} fill={colour} />
                  )}
                </g>
              )}
            />
          );
        })}
        {groups.map(({ kind, at, all }) => (
          <ReferenceDot
            key={`${kind} ${at}`}
            x={Date.parse(at)}
            y={axis[1]}
            r={5}
            ifOverflow="visible"
            shape={({ cx = 0, cy = 0 }: DotProps) => (
              <MarkGlyph
                kind={kind}
                x={cx}
                y={cy - 8 - (kinds.length - 1 - rowOf(kind)) * MARK_ROW}
                count={all.length}
                title={all.map((mark) => mark.title).join('\n')}
                onClick={() => onMark(all)}
              />
            )}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
