import { Symbols } from 'recharts';
import { BEFORE_DASH, lineLook } from '@/components/charts/course';
import { type MARK_LOOKS, MarkGlyph } from '@/components/charts/mark-glyph';
import type { Chart } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';

interface ChartLegendProps extends Pick<Chart, 'series' | 'unit'> {
  /** What the lines are compared with, in words. */
  before: string | null;
  showsBefore: boolean;
  hasTarget: boolean;
  kinds: readonly (typeof MARK_LOOKS)[number][];
}

/** What each line and mark is, with the figure of the whole period. */
export function ChartLegend({
  series,
  unit,
  before,
  showsBefore,
  hasTarget,
  kinds,
}: ChartLegendProps) {
  const text = (value: number | null) => (value === null ? 'too little' : figureText(value, unit));
  return (
    <ul data-legend className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
      {series.map(({ key, label, value, previous }, place) => {
        const { colour, shape, dash } = lineLook(place, series.length);
        return (
          <li key={key} className="flex items-center gap-1.5">
            <Swatch colour={colour} dash={dash}>
              <Symbols cx={14} cy={8} type={shape} size={30} fill={colour} />
            </Swatch>
            <span>
              {label} <strong className="tabular font-medium text-ink">{text(value)}</strong>
              {before && !showsBefore && previous !== null && `, ${text(previous)} ${before}`}
            </span>
          </li>
        );
      })}
      {showsBefore &&
        series.map(({ key, label, previous }, place) => (
          <li key={`${key} before`} className="flex items-center gap-1.5">
            <Swatch colour={lineLook(place, series.length).colour} dash={BEFORE_DASH} />
            <span>
              {series.length > 1 ? `${label}, ${before}` : capital(before ?? '')}{' '}
              <strong className="tabular font-medium text-ink">{text(previous)}</strong>
            </span>
          </li>
        ))}
      {hasTarget && (
        <li className="flex items-center gap-1.5">
          <Swatch colour="var(--muted)" dash="2 2" />
          Target
        </li>
      )}
      {kinds.map(({ kind, label }) => (
        <li key={kind} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width={28} height={16}>
            <MarkGlyph kind={kind} x={14} y={8} count={1} title={label} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Swatch({
  colour,
  dash,
  children,
}: {
  colour: string;
  dash: string;
  children?: React.ReactNode;
}) {
  return (
    <svg aria-hidden="true" width={28} height={16} className="shrink-0">
      <line x1={0} x2={28} y1={8} y2={8} stroke={colour} strokeWidth={2} strokeDasharray={dash} />
      {children}
    </svg>
  );
}
