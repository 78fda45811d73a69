import { db, listen, transact, unavailable } from '@/lib/core';
import type { Driver, DriverCtx, DriverState } from '@/lib/platform';
import { withProductLock } from '@/lib/platform';
import { describeError, type Failure } from './describe-error';
import { driverCtx } from './driver-ctx';
import { loadRun, logLine, markStep } from './journal';
import type { RunDeps } from './run-deps';
import { stepKey } from './run-steps';
import { runSuite } from './run-suite';
import { isSuite } from './suites';

export type StepOutcome =
  | { ok: true }
  | { ok: false; cause: 'cancelled' }
  | { ok: false; cause: 'failed'; failure: Failure };

/**
 * Plan → apply → verify of one step, journalled. Never throws, may run any number of times: a step
 * that is done answers at once, one that was cut short starts again and finds what it had made.
 */
export async function performStep(
  runId: string,
  ordinal: number,
  deps: RunDeps,
): Promise<StepOutcome> {
  const cancel = await watchCancel(runId);
  try {
    return await underLock(runId, ordinal, cancel.signal, deps);
  } catch (error) {
    if (cancel.signal.aborted) return { ok: false, cause: 'cancelled' };
    const failure = describeError(error);
    await markStep(runId, ordinal, { status: 'failed', error: failure.message });
    await logLine(runId, await logKey(runId, ordinal), failure.message, 'error');
    return { ok: false, cause: 'failed', failure };
  } finally {
    cancel.stop();
  }
}

async function underLock(
  runId: string,
  ordinal: number,
  cancelled: AbortSignal,
  deps: RunDeps,
): Promise<StepOutcome> {
  const run = await loadRun(runId);
  const step = run?.steps[ordinal];
  if (!run || !step) throw unavailable('The run has no such step.');
  if (step.status === 'done') return { ok: true };
  if (run.cancelledAt) return { ok: false, cause: 'cancelled' };
  if (isSuite(step.name)) {
    await deps.checkpoint(`${step.name}:begin`);
    await runSuite(run, { ordinal, name: step.name }, deps, cancelled);
    return { ok: true };
  }
  const driver = deps.driver(step.driver);
  if (!driver) throw unavailable(`The driver "${step.driver}" is not installed on this worker.`);
  await deps.checkpoint(`${stepKey(step)}:begin`);
  return withProductLock(run.productId, async (lost) => {
    const signal = AbortSignal.any([cancelled, lost]);
    const ctx = await driverCtx(
      run.productId,
      {
        runId,
        environment: step.environment,
        step: stepKey(step),
        signal,
        candidateId: step.environment === 'production' ? run.candidateId : null,
      },
      deps,
    );
    await carryOut(driver, ctx, ordinal, {
      ...deps,
      checkpoint: (name) => deps.checkpoint(`${stepKey(step)}:${name}`),
    });
    return { ok: true };
  });
}

async function carryOut(
  driver: Driver,
  ctx: DriverCtx,
  ordinal: number,
  deps: RunDeps,
): Promise<void> {
  const { runId } = ctx;
  const at = (name: string) => deps.checkpoint(name);
  const config = await configOf(ctx, driver);
  const plan = driver.plan(ctx.facts, config);
  await markStep(runId, ordinal, { status: 'planning', plan, error: null });
  await at('planned');
  await markStep(runId, ordinal, { status: 'applying' });
  ctx.signal.throwIfAborted();
  const state = await driver.apply(ctx, config);
  await at('applied');
  await keepResource(driver, ctx, config, state);
  await markStep(runId, ordinal, { status: 'verifying' });
  ctx.signal.throwIfAborted();
  const proof = await driver.verify(ctx, state);
  await ctx.log(proof);
  await at('verified');
  await markStep(runId, ordinal, { status: 'done', result: state });
  await at('done');
}

/** The configuration that was chosen at submit, kept in the run's plan. */
async function configOf(ctx: DriverCtx, driver: Driver): Promise<unknown> {
  const run = await db().provisioningRun.findUnique({
    where: { id: ctx.runId },
    select: { plan: true },
  });
  const steps = (run?.plan ?? []) as { capability?: string; config?: unknown }[];
  const raw = Array.isArray(steps)
    ? steps.find((step) => step.capability === driver.capability)?.config
    : {};
  return driver.config.parse(raw ?? {});
}

async function keepResource(
  driver: Driver,
  ctx: DriverCtx,
  config: unknown,
  state: DriverState,
): Promise<void> {
  const key = {
    productId: ctx.product.id,
    environment: ctx.environment,
    capability: driver.capability,
  };
  const data = { driver: driver.kind, config: config as object, state: state as object };
  await transact((tx) =>
    tx.resource.upsert({
      where: { productId_environment_capability: key },
      create: { id: `${ctx.runId}:${ctx.environment}:${driver.capability}`, ...key, ...data },
      update: data,
    }),
  );
}

async function logKey(runId: string, ordinal: number): Promise<string | null> {
  const step = await db().provisioningStep.findUnique({
    where: { runId_ordinal: { runId, ordinal } },
    select: { name: true, environment: true },
  });
  return step && stepKey(step);
}

/** A signal that fires when somebody cancels the run. */
async function watchCancel(runId: string): Promise<{ signal: AbortSignal; stop: () => void }> {
  const controller = new AbortController();
  const check = async () => {
    const run = await db().provisioningRun.findUnique({
      where: { id: runId },
      select: { cancelledAt: true },
    });
    if (run?.cancelledAt) controller.abort(new Error('The run was cancelled.'));
  };
  const stop = await listen('portolan_run', (id) => {
    // '' means the connection was away: the cancel may have been missed.
    if (id === runId || id === '') void check().catch(() => undefined);
  });
  return { signal: controller.signal, stop };
}
