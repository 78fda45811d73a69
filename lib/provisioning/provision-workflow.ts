import { notify, now, transact } from '@/lib/core';
import { closeStanding, closeUndone } from './close-run';
import { loadRun } from './journal';
import { approveCandidate, openStaging, type Passage, passGate } from './pass-gate';
import { performStep, type StepOutcome } from './perform-step';
import { clearStaging, switchOver } from './promote-run';
import type { Durable, RunDeps } from './run-deps';
import { scopeOf } from './run-scope';
import { isSuite } from './suites';
import { beginUndo, type UndoOutcome, undoStep } from './undo-run';

/** Waits between attempts: passing trouble gets a few seconds before the run is taken back. */
const RETRY_MS = [250, 1000, 3000] as const;
const UNDO_RETRY_MS = [250, 1000, 3000, 10_000, 30_000] as const;

interface Work {
  durable: Durable;
  deps: RunDeps;
  runId: string;
}

/** How a phase ended: on to the next, standing where it is, or to be taken back. */
type PhaseEnd =
  | { go: 'on' }
  | { go: 'stand'; obstacle: string | null }
  | { go: 'back'; error: string | null };
const ON: PhaseEnd = { go: 'on' };

/**
 * Staging, four suites, production: whichever of them a run has, gate by gate (DESIGN §4). Each step is planned,
 * applied and verified; undone in reverse when one fails or somebody cancels. A gate that is closed ends the run
 * and leaves the product where it stands. A worker that dies is followed by one that goes on at the step that had
 * not finished.
 */
export async function provisionRun(durable: Durable, deps: RunDeps, runId: string): Promise<void> {
  const work = { durable, deps, runId };
  const begun = await durable.step('begin', () => beginRun(runId));
  if (begun === null) return;
  let end: PhaseEnd = ON;
  if (!begun.isUndoing) {
    for (const phase of [stage, test, promote]) {
      end = await phase(work, begun.ordinals);
      if (end.go !== 'on') break;
    }
    if (end.go === 'on') {
      const isPromoted = begun.ordinals.production.length > 0;
      await durable.step('end', () =>
        isPromoted ? clearStaging(runId, deps) : closeStanding(runId, null),
      );
      return;
    }
    if (end.go === 'stand') {
      const { obstacle } = end;
      await durable.step('stand', () => closeStanding(runId, obstacle));
      return;
    }
    const { error } = end;
    await durable.step('begin undo', () => beginUndo(runId, error));
  }
  const scope = await durable.step('scope', () => scopeOf(runId));
  const leftover = await undoAll(durable, deps, runId, scope.ordinals);
  await durable.step('close', () => closeUndone(runId, scope, leftover));
}

async function stage(work: Work, { staging }: Ordinals): Promise<PhaseEnd> {
  if (staging.length === 0) return ON;
  const { durable, deps, runId } = work;
  const end = await attemptAll(work, staging);
  if (end.go !== 'on') return end;
  await durable.step('open staging', async () => {
    await deps.checkpoint('open staging');
    await openStaging(runId);
  });
  return ON;
}

async function test(work: Work, { suites }: Ordinals): Promise<PhaseEnd> {
  if (suites.length === 0) return ON;
  const { durable, deps, runId } = work;
  const entered = await durable.step('gate testing', () => passGate(runId, 'testing'));
  if (entered.end !== 'passed') return endOf(entered);
  const end = await attemptAll(work, suites);
  if (end.go !== 'on') return end.error ? { go: 'stand', obstacle: end.error } : end;
  return endOf(
    await durable.step('gate staging', async () => {
      await deps.checkpoint('gate staging');
      return passGate(runId, 'staging');
    }),
  );
}

async function promote(work: Work, { production }: Ordinals): Promise<PhaseEnd> {
  if (production.length === 0) return ON;
  const { durable, deps, runId } = work;
  const approved = await durable.step('gate production', async () => {
    await deps.checkpoint('gate production');
    return approveCandidate(runId);
  });
  if (approved.end === 'waits') return { go: 'stand', obstacle: null };
  if (approved.end !== 'passed') return endOf(approved);
  const end = await attemptAll(work, production);
  if (end.go !== 'on') return end;
  const finished = await durable.step('finish', async () => {
    await deps.checkpoint('finish');
    return switchOver(runId);
  });
  return finished.ok ? ON : back(finished);
}

function endOf(passage: Passage): PhaseEnd {
  if (passage.end === 'held') return { go: 'stand', obstacle: passage.obstacle };
  return passage.end === 'passed' ? ON : { go: 'back', error: null };
}

const back = (outcome: StepOutcome & { ok: false }): { go: 'back'; error: string | null } => ({
  go: 'back',
  error: outcome.cause === 'failed' ? outcome.failure.message : null,
});

async function attemptAll(
  work: Work,
  ordinals: number[],
): Promise<{ go: 'on' } | { go: 'back'; error: string | null }> {
  for (const ordinal of ordinals) {
    const outcome = await attempt(work, ordinal);
    if (!outcome.ok) return back(outcome);
  }
  return { go: 'on' };
}

async function attempt({ durable, deps, runId }: Work, ordinal: number): Promise<StepOutcome> {
  for (let tried = 0; ; tried += 1) {
    const outcome = await durable.step(`step ${ordinal}`, () => performStep(runId, ordinal, deps));
    if (outcome.ok || outcome.cause === 'cancelled') return outcome;
    const wait = RETRY_MS[tried];
    if (!outcome.failure.isTransient || wait === undefined) return outcome;
    await durable.sleep(wait);
  }
}

/** @returns what could not be removed, in words; null when all is gone */
export async function undoAll(
  durable: Durable,
  deps: RunDeps,
  runId: string,
  ordinals: readonly number[],
): Promise<string | null> {
  for (const ordinal of [...ordinals].reverse()) {
    let outcome: UndoOutcome = { ok: false };
    for (let tried = 0; !outcome.ok && tried <= UNDO_RETRY_MS.length; tried += 1) {
      if (tried > 0) await durable.sleep(UNDO_RETRY_MS[tried - 1] ?? 0);
      outcome = await durable.step(`undo ${ordinal}`, () => undoStep(runId, ordinal, deps));
    }
    if (!outcome.ok) return outcome.message ?? 'A resource is still in use.';
  }
  return null;
}

type Ordinals = Record<'staging' | 'suites' | 'production', number[]>;

/** @returns its steps by phase, and whether they are being undone; null when the run is over */
export async function beginRun(
  runId: string,
): Promise<{ ordinals: Ordinals; isUndoing: boolean } | null> {
  await transact(async (tx) => {
    await tx.provisioningRun.updateMany({
      where: { id: runId, status: 'queued' },
      data: { status: 'running', startedAt: now() },
    });
    await notify(tx, 'portolan_run', runId);
  });
  const run = await loadRun(runId);
  if (!run || (run.status !== 'running' && run.status !== 'undoing')) return null;
  const ordinals: Ordinals = { staging: [], suites: [], production: [] };
  for (const { ordinal, name, environment } of run.steps) {
    const phase = isSuite(name) ? 'suites' : environment === 'staging' ? 'staging' : 'production';
    ordinals[phase].push(ordinal);
  }
  return { ordinals, isUndoing: run.status === 'undoing' };
}
