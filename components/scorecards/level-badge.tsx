import { cn } from '@/components/ui/cn';
import { LEVELS, type Level } from '@/lib/insight/scorecards/checks/check';

const STEPS = [1, 2, 3];

/** A level in a word, and as three steps of which so many are filled. */
export function LevelBadge({ level, className }: { level: Level; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 text-sm whitespace-nowrap', className)}>
      <span aria-hidden className="flex items-end gap-0.5">
        {STEPS.map((step) => (
          <span
            key={step}
            className={cn(
              'w-1.5 rounded-[1px] border',
              step === 1 ? 'h-1.5' : step === 2 ? 'h-2.5' : 'h-3.5',
              step <= level ? 'border-accent bg-accent' : 'border-line-strong',
            )}
          />
        ))}
      </span>
      <span className={level === 0 ? 'text-muted' : 'text-ink'}>{LEVELS[level]}</span>
    </span>
  );
}
