import type { ReactNode } from 'react';
import { ShareLine } from '@/components/charts/share-line';
import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { Progress } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/relative-time';
import type { HistoryPoint, ObjectiveView } from '@/lib/slo';
import { WINDOWS } from '@/lib/slo/windows';
import { COMPUTED, minutesText, percentText, promiseText } from './slo-words';
import { StandingBadge } from './standing-badge';

interface ObjectiveCardProps {
  objective: ObjectiveView;
  points: readonly HistoryPoint[];
  step: 'hour' | 'day';
  actions?: ReactNode;
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function ObjectiveCard({ objective, points, step, actions }: ObjectiveCardProps) {
  const { title, standing, window, problem, budget } = objective;
  return (
    <Card
      title={title}
      description={`${promiseText(objective)}, over ${WINDOWS[window.name].title}.`}
      actions={
        <>
          <StandingBadge standing={standing} />
          {actions}
        </>
      }
    >
      {problem && (
        <Callout tone="warn" title="The formula could not be judged lately" className="mb-4">
          {problem}
        </Callout>
      )}
      {budget.sli === null ? (
        <p className="text-muted">
          Nothing has been measured in this window yet. The first minute shows here soon after it is
          over.
        </p>
      ) : (
        <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
          <Figures objective={objective} />
          <ShareLine
            label={`${title} by ${step}`}
            points={points.map(({ at, sli }) => ({ at, share: sli }))}
            target={objective.target}
            step={step}
          />
        </div>
      )}
      <Computed objective={objective} />
    </Card>
  );
}

const TONES = { met: 'ok', at_risk: 'warn', missed: 'error', early: 'accent' } as const;

function Figures({ objective }: { objective: ObjectiveView }) {
  const { budget, target, standing, goodEvents, events, outage, kind } = objective;
  const left = Math.max(0, budget.leftShare ?? 0);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <p>
          <span className="block text-sm text-muted">Now</span>
          <span className="tabular text-2xl font-semibold tracking-tight">
            {percentText(budget.sli ?? 0)}
          </span>
        </p>
        <p>
          <span className="block text-sm text-muted">Target</span>
          <span className="tabular text-lg text-muted">{percentText(target)}</span>
        </p>
        {(kind === 'availability' || kind === 'latency') && (
          <p className="text-sm text-muted">
            {number.format(goodEvents)} of {number.format(events)} reads and probes
            {outage > 0 && `, ${number.format(outage)} of them minutes of outage`}
          </p>
        )}
      </div>
      <Progress
        label="Error budget left"
        value={left * 100}
        tone={TONES[standing]}
        detail={
          budget.left < 0
            ? `overdrawn by ${minutesText(-budget.left)}`
            : `${minutesText(budget.left)} of ${minutesText(budget.allowed)}`
        }
      />
      <Burns objective={objective} />
    </div>
  );
}

const length = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);
const rate = (value: number | null) =>
  value === null ? 'not measured' : `${Number(value.toFixed(1)).toLocaleString('en')}×`;

function Burns({ objective }: { objective: ObjectiveView }) {
  return (
    <KeyValue
      items={objective.burn.map(
        ({ factor, long, short, longMinutes, shortMinutes, isBurning }) => ({
          label: `Burn in ${length(longMinutes)} and ${length(shortMinutes)}`,
          value: (
            <span className="tabular flex flex-wrap items-center gap-x-2">
              {rate(long)} and {rate(short)}
              {isBurning ? (
                <StatusBadge tone="error">alert above {factor}×</StatusBadge>
              ) : (
                <span className="text-sm text-subtle">alert above {factor}×</span>
              )}
            </span>
          ),
        }),
      )}
    />
  );
}

function Computed({ objective }: { objective: ObjectiveView }) {
  const { kind, measured, outage, budget, target, window, since, origin } = objective;
  return (
    <details className="mt-4 text-sm">
      <summary className="w-fit cursor-pointer text-muted hover:text-ink">
        How is this computed?
      </summary>
      <div className="mt-2 flex max-w-prose flex-col gap-2 text-muted">
        <p>{COMPUTED[kind]}</p>
        <p>
          Every measured minute weighs the same, whatever its traffic: it adds its share of good
          events. The window began at {window.from.slice(0, 16).replace('T', ' ')} UTC.{' '}
          {number.format(measured)} minutes of it are measured
          {outage > 0 && `, ${number.format(outage)} of them lost to outages of the portal`}, and
          they lost {minutesText(budget.used)}. The target leaves {percentText(1 - target)} of them,{' '}
          {minutesText(budget.allowed)}, as the error budget.
        </p>
        <p>
          A burn rate of 1× spends exactly the whole budget in the window. An alert opens when the
          long and the short window both burn faster than its factor, and ends when one of them does
          not.
        </p>
        <p>
          {origin === 'contract' ? 'Promised by the contract.' : 'Added by the owner.'} Measured
          since <RelativeTime at={since} />.
        </p>
      </div>
    </details>
  );
}
