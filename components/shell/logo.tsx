import { cn } from '@/components/ui/cn';

const quarterTurns = [0, 90, 180, 270];

/** The compass rose: four long points over four short ones, each half in light, half in shade. */
export function CompassRose({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={cn('text-accent', className)} aria-hidden focusable="false">
      <circle cx="16" cy="16" r="10.25" fill="none" stroke="currentColor" strokeOpacity="0.4" />
      <g fill="currentColor">
        {quarterTurns.map((turn) => (
          <g key={`short-${turn}`} transform={`rotate(${turn + 45} 16 16)`}>
            <path d="M16 5.5 14 16h2z" fillOpacity="0.75" />
            <path d="M16 5.5 18 16h-2z" fillOpacity="0.3" />
          </g>
        ))}
        {quarterTurns.map((turn) => (
          <g key={`long-${turn}`} transform={`rotate(${turn} 16 16)`}>
            <path d="M16 .5 13 13l3 3z" />
            <path d="M16 .5 19 13l-3 3z" fill="var(--surface)" />
            <path d="M16 .5 19 13l-3 3z" fillOpacity="0.45" />
          </g>
        ))}
      </g>
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2.5', className)}>
      <CompassRose className="size-7" />
      <span className="text-lg font-semibold tracking-tight text-ink">Portolan</span>
    </span>
  );
}
