import type { ReactNode } from 'react';
import { type StatusTone, statusLook } from './badge';
import { cn } from './cn';

interface LogLine {
  at: string;
  level?: 'info' | 'warn' | 'error';
  message: string;
}

interface LogStep {
  id: string;
  title: ReactNode;
  tone: StatusTone;
  /** The status in words: “done”, “running”, “undone”. */
  status: string;
  durationMs?: number | null;
  detail?: ReactNode;
  lines?: readonly LogLine[];
  isOpen?: boolean;
}

/** Steps in order with their state, timing and log lines: a run that is live or over. */
export function StepLog({ label, steps }: { label: string; steps: readonly LogStep[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, index) => (
        <li key={step.id} className="flex gap-3">
          <Rail tone={step.tone} isLast={index === steps.length - 1} />
          <div className="min-w-0 flex-1 pb-5">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{step.title}</span>
              <span className={cn('text-sm', statusLook[step.tone].text)}>{step.status}</span>
              {typeof step.durationMs === 'number' && (
                <span className="tabular ml-auto text-sm text-subtle">
                  {formatDuration(step.durationMs)}
                </span>
              )}
            </div>
            {step.detail && <div className="mt-0.5 text-sm text-muted">{step.detail}</div>}
            {step.lines && step.lines.length > 0 && <Lines step={step} lines={step.lines} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Rail({ tone, isLast }: { tone: StatusTone; isLast: boolean }) {
  const { icon: Icon, text } = statusLook[tone];
  return (
    <span className="flex flex-col items-center" aria-hidden>
      <Icon
        className={cn('mt-0.5 size-4.5 shrink-0', text, tone === 'running' && 'animate-spin')}
      />
      {!isLast && <span className="mt-1 w-px flex-1 bg-line" />}
    </span>
  );
}

const levels = { info: 'text-ink', warn: 'text-warn', error: 'text-error' } as const;

function Lines({ step, lines }: { step: LogStep; lines: readonly LogLine[] }) {
  return (
    <details open={step.isOpen} className="mt-1.5">
      <summary className="w-fit py-0.5 text-sm text-muted hover:text-ink">
        {lines.length} log {lines.length === 1 ? 'line' : 'lines'}
      </summary>
      <ol
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrows
        tabIndex={0}
        className="mt-1.5 max-h-72 overflow-auto rounded-md border bg-sunken px-3 py-2 font-mono text-xs leading-5"
      >
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: log lines are only ever appended
          <li key={index} className="flex gap-3">
            <time dateTime={line.at} className="tabular shrink-0 text-subtle">
              {line.at.slice(11, 19)}
            </time>
            <span className={cn('min-w-0 break-words', levels[line.level ?? 'info'])}>
              {line.level && line.level !== 'info' && `${line.level}: `}
              {line.message}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
