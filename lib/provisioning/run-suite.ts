import { audit } from '@/lib/audit';
import { db, isAppError, notify, now, systemCtx, transact, unavailable } from '@/lib/core';
import { contractAt } from '@/lib/platform';
import { loadDriverProduct } from './driver-ctx';
import { logLine, markStep } from './journal';
import type { RunDeps } from './run-deps';
import type { SuiteName, SuiteResult } from './suites';

interface Step {
  ordinal: number;
  name: SuiteName;
}

/**
 * Runs one suite against what is in staging and keeps its results; run again after a crash it replaces them. A
 * test that fails is a result, not an error.
 * @throws AppError unavailable when the suite could not be run for a passing reason
 */
export async function runSuite(
  run: { id: string; productId: string; startedAt: Date | null },
  step: Step,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<void> {
  await markStep(run.id, step.ordinal, { status: 'planning', error: null });
  const [product, staged, { version }] = await Promise.all([
    loadDriverProduct(run.productId, 'staging'),
    db().productEnvironment.findUnique({
      where: { productId_environment: { productId: run.productId, environment: 'staging' } },
    }),
    contractAt(run.productId, 'staging'),
  ]);
  if (!staged?.snapshotId) throw unavailable('There is nothing in staging to test.');
  const { snapshotId } = staged;
  await markStep(run.id, step.ordinal, { status: 'applying' });
  const startedAt = now();
  const { id: productId, domain, name, ownerId, descriptor } = product;
  const since = run.startedAt ?? startedAt;
  const target = { productId, domain, name, ownerId, descriptor, snapshotId, since, signal };
  const results = await deps.suites[step.name](target).catch(unexpected);
  signal.throwIfAborted();
  await deps.checkpoint(`${step.name}:ran`);
  const facts = { productId, snapshotId, version: version ?? descriptor.spec.version };
  const isGreen = await keep(run.id, step, { ...facts, startedAt }, results);
  for (const result of results) {
    const level =
      result.status === 'failed' ? 'error' : result.status === 'warning' ? 'warn' : 'info';
    await logLine(run.id, step.name, `${result.name}: ${result.message}`, level);
  }
  const failed = results.filter((one) => one.status === 'failed');
  await markStep(run.id, step.ordinal, {
    status: isGreen ? 'done' : 'failed',
    error: isGreen
      ? null
      : failed
          .map((one) => `${one.name}: ${one.message}`)
          .join(' ')
          .slice(0, 2000),
  });
}

/** A suite that breaks down is red, unless what broke it passes by itself. */
function unexpected(error: unknown): SuiteResult[] {
  if (!isAppError(error) || error.code === 'unavailable') throw error;
  return [{ name: 'the suite', status: 'failed', message: error.message }];
}

async function keep(
  runId: string,
  { name: suite }: Step,
  facts: { productId: string; snapshotId: string; version: string; startedAt: Date },
  results: SuiteResult[],
): Promise<boolean> {
  const id = `${runId}:${suite}`;
  const failed = results.filter((one) => one.status === 'failed').length;
  const skipped = results.filter((one) => one.status === 'skipped').length;
  const ran = results.length - skipped;
  const status = failed === 0 ? 'passed' : 'failed';
  const summary = `${ran - failed} of ${ran} ${ran === 1 ? 'test' : 'tests'} passed.`;
  await transact(async (tx) => {
    await tx.testRun.deleteMany({ where: { id } });
    await tx.testRun.create({
      data: { id, runId, suite, status, summary, finishedAt: now(), ...facts },
    });
    await tx.testResult.createMany({
      data: results.map(({ detail, ...result }, ordinal) => ({
        testRunId: id,
        ordinal,
        ...result,
        message: result.message.slice(0, 4000),
        detail: detail ?? {},
      })),
    });
    audit(tx, systemCtx('worker'), {
      action: 'product.test',
      target: { type: 'run', id: runId },
      productId: facts.productId,
      detail: { suite, status, summary },
    });
    await notify(tx, 'portolan_product', facts.productId);
  });
  return failed === 0;
}
