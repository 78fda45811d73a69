/** What can be marked above a chart: each has a shape and a colour of its own. */
export const MARK_LOOKS = [
  { kind: 'incident', label: 'Incident', colour: 'var(--error)', path: 'M0 -5.5L5.5 4.5H-5.5Z' },
  {
    kind: 'release',
    label: 'Release',
    colour: 'var(--accent)',
    path: 'M0 -5.5L5.5 0L0 5.5L-5.5 0Z',
  },
  {
    kind: 'policy',
    label: 'Policy change',
    colour: 'var(--info)',
    path: 'M-4.5 -4.5H4.5V4.5H-4.5Z',
  },
] as const;

interface MarkGlyphProps {
  kind: string;
  x: number;
  y: number;
  count: number;
  title: string;
  onClick?: () => void;
}

/** One mark, with how many things it stands for. The same things stand in a list for those who do not point. */
export function MarkGlyph({ kind, x, y, count, title, onClick }: MarkGlyphProps) {
  const look = MARK_LOOKS.find((one) => one.kind === kind) ?? MARK_LOOKS[1];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list below the chart has the same links for the keyboard
    <g
      transform={`translate(${x} ${y})`}
      className={onClick && 'course-mark cursor-pointer'}
      data-kind={kind}
      onClick={onClick}
    >
      <title>{title}</title>
      <rect x={-8} y={-8} width={16} height={16} fill="transparent" />
      <path d={look.path} fill={look.colour} />
      {count > 1 && (
        <text x={8} y={4} fontSize={11} fill="var(--muted)">
          {count}
        </text>
      )}
    </g>
  );
}
