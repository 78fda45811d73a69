import { Check, X } from 'lucide-react';
import Link from 'next/link';
import { cn } from './cn';

interface Step {
  label: string;
  description?: string;
  /** A link back to a step that may be visited. */
  href?: string;
  state: 'done' | 'current' | 'todo' | 'error';
}

const marks = {
  done: 'border-accent bg-accent text-on-accent',
  current: 'border-accent text-accent-ink',
  todo: 'border-line-strong text-subtle',
  error: 'border-error text-error',
} as const;
const words = { done: 'done', current: 'current', todo: 'not started', error: 'needs attention' };

export function Stepper({ label, steps }: { label: string; steps: Step[] }) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-start gap-x-3 gap-y-2 sm:flex-nowrap">
        {steps.map((step, index) => (
          <li
            key={step.label}
            aria-current={step.state === 'current' ? 'step' : undefined}
            className={cn('flex min-w-0 items-start gap-3', index > 0 && 'sm:flex-1')}
          >
            {index > 0 && (
              <span
                className={cn(
                  'mt-3.5 hidden h-px min-w-4 flex-1 sm:block',
                  step.state === 'todo' ? 'bg-line' : 'bg-accent',
                )}
                aria-hidden
              />
            )}
            <StepContent step={step} number={index + 1} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepContent({ step, number }: { step: Step; number: number }) {
  const content = (
    <>
      <span
        className={cn(
          'tabular inline-flex size-7 shrink-0 items-center justify-center rounded-full border-[1.5px] text-sm font-semibold [&_svg]:size-4',
          marks[step.state],
        )}
        aria-hidden
      >
        {step.state === 'done' ? <Check /> : step.state === 'error' ? <X /> : number}
      </span>
      <span className={cn('min-w-0', step.state !== 'current' && 'max-sm:sr-only')}>
        <span
          className={cn(
            'block text-base leading-7 font-medium whitespace-nowrap',
            step.state === 'todo' ? 'text-muted' : 'text-ink',
          )}
        >
          {step.label}
          <span className="sr-only"> ({words[step.state]})</span>
        </span>
        {step.description && (
          <span className="block text-sm text-subtle max-sm:hidden">{step.description}</span>
        )}
      </span>
    </>
  );
  if (!step.href) return <span className="flex min-w-0 items-start gap-2.5">{content}</span>;
  return (
    <Link href={step.href} className="flex min-w-0 items-start gap-2.5 rounded-md">
      {content}
    </Link>
  );
}
