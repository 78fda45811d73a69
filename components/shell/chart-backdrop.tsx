import { cn } from '@/components/ui/cn';

const size = 800;
const nodes = Array.from({ length: 16 }, (_, index) => {
  const angle = (index / 16) * 2 * Math.PI;
  const at = (value: number) => Number((size / 2 + value * (size / 2 - 8)).toFixed(1));
  return { x: at(Math.sin(angle)), y: at(-Math.cos(angle)) };
});

const rhumbLines = nodes.flatMap((from, index) =>
  nodes.slice(index + 1).map((to) => `M${from.x} ${from.y} ${to.x} ${to.y}`),
);

/** The rhumb-line net of a portolan chart: sixteen winds on a circle, each joined to all others. */
export function ChartBackdrop({ className }: { className?: string }) {
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      aria-hidden
      focusable="false"
      className={cn('pointer-events-none absolute text-line', className)}
      style={{
        maskImage: 'radial-gradient(closest-side, transparent 22%, black 60%, transparent)',
      }}
    >
      <path d={rhumbLines.join('')} fill="none" stroke="currentColor" strokeWidth="1" />
      <circle cx={size / 2} cy={size / 2} r={size / 2 - 8} fill="none" stroke="currentColor" />
    </svg>
  );
}
