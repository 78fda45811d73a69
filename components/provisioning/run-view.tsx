'use client';

import { ArrowRight, X } from 'lucide-react';
import { cancelRunAction } from '@/app/(portal)/runs/actions';
import { StatusBadge } from '@/components/ui/badge';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { StepLog } from '@/components/ui/step-log';
import type { RunDto, RunLogDto, RunStepDto } from '@/lib/provisioning';
import { RetryButton } from './retry-button';
import { RunEnding } from './run-ending';
import { runLook, runTitle, stepLook, stepTitle } from './run-words';
import { useNow, useRun } from './use-run';

interface RunViewProps {
  initialRun: RunDto;
  initialLogs: RunLogDto[];
}

/** One run, live: its steps with timings and log lines, and what can be done about it. */
export function RunView({ initialRun, initialLogs }: RunViewProps) {
  const { run, logs, isConnected } = useRun(initialRun, initialLogs);
  const now = useNow(!run.isOver);
  const look = runLook(run);
  const { domain, name, title } = run.product;
  return (
    <>
      <PageHeader
        title={`${runTitle(run.kind)} ${title}`}
        crumbs={[
          { label: 'Catalogue', href: '/catalog' },
          { label: `${domain}/${name}`, href: `/products/${domain}/${name}` },
          { label: 'Run' },
        ]}
        badges={<StatusBadge tone={look.tone}>{look.words}</StatusBadge>}
        meta={
          <>
            <span>Attempt {run.attempt}</span>
            <span>
              Asked for <RelativeTime at={run.createdAt} />
            </span>
            {!isConnected && !run.isOver && <span className="text-warn">Reconnecting…</span>}
          </>
        }
        actions={<Actions run={run} />}
      />
      <div className="flex max-w-4xl flex-col gap-4">
        <div aria-live="polite">
          <RunEnding run={run} />
        </div>
        <Card title="Steps">
          <StepLog label="Steps of the run" steps={stepsOf(run, logs, now)} />
        </Card>
      </div>
    </>
  );
}

function stepsOf(run: RunDto, logs: RunLogDto[], now: number | null) {
  const ordered = run.kind === 'retire' ? [...run.steps].reverse() : run.steps;
  const shown = ordered.map((step) => {
    const look = stepLook(step, run);
    const lines = logs.filter((line) => line.step === step.key);
    return {
      id: step.key,
      title: stepTitle(step, run),
      tone: look.tone,
      status: look.words,
      durationMs: durationOf(step, look.tone === 'running' ? now : null),
      detail: step.error ?? <PlanLines step={step} />,
      lines: lines.map(({ at, level, message }) => ({ at, level, message })),
      isOpen: look.tone === 'running' || look.tone === 'error',
    };
  });
  const general = logs.filter((line) => line.step === null);
  if (general.length === 0) return shown;
  const ending = {
    id: 'run',
    title: 'Run',
    ...(run.isOver
      ? { tone: 'neutral' as const, status: 'ended' }
      : { tone: 'running' as const, status: 'undoing' }),
    durationMs: null,
    detail: undefined,
    lines: general.map(({ at, level, message }) => ({ at, level, message })),
    isOpen: true,
  };
  return [...shown, ending];
}

function durationOf(step: RunStepDto, now: number | null): number | null {
  if (!step.startedAt) return null;
  const start = Date.parse(step.startedAt);
  if (now !== null) return Math.max(0, now - start);
  return step.finishedAt ? Date.parse(step.finishedAt) - start : null;
}

function PlanLines({ step }: { step: RunStepDto }) {
  if (step.plan.length === 0) return null;
  return (
    <ul className="flex flex-col">
      {step.plan.map((change) => (
        <li key={`${change.action} ${change.what}`}>
          {change.what}
          {change.detail && <span className="text-subtle"> · {change.detail}</span>}
        </li>
      ))}
    </ul>
  );
}

function Actions({ run }: { run: RunDto }) {
  const { domain, name, status } = run.product;
  const isLive = ['production', 'deprecated'].includes(status);
  const isStanding =
    ['succeeded', 'held'].includes(run.status) && run.kind !== 'retire' && status !== 'draft';
  return (
    <>
      {isStanding && (
        <ButtonLink
          href={`/products/${domain}/${name}${isLive && run.status === 'succeeded' ? '' : '/lifecycle'}`}
          variant="primary"
          icon={<ArrowRight aria-hidden />}
        >
          {isLive && run.status === 'succeeded' ? 'Open the product' : 'Open its lifecycle'}
        </ButtonLink>
      )}
      {run.draftId && (
        <ButtonLink href={`/products/drafts/${run.draftId}`}>Edit the draft</ButtonLink>
      )}
      {run.canRetry && <RetryButton runId={run.id} />}
      {run.canCancel && <CancelButton run={run} />}
    </>
  );
}

function CancelButton({ run }: { run: RunDto }) {
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" icon={<X aria-hidden />}>
          Cancel the run
        </Button>
      }
      title="Cancel this run?"
      effects={[
        'The step that runs now is stopped.',
        ...(['production', 'deprecated'].includes(run.product.status) || run.kind !== 'provision'
          ? ['What this run made is removed. What was there before stays.']
          : [
              'Everything made so far is removed: files, keys, ports and schedules.',
              'Your draft opens again with all you entered.',
            ]),
      ]}
      confirmLabel="Cancel the run"
      onConfirm={() => cancelRunAction({ runId: run.id })}
    />
  );
}
