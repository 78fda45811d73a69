import { audit } from '@/lib/audit';
import {
  db,
  isAppError,
  log,
  notify,
  now,
  precondition,
  systemCtx,
  type Tx,
  transact,
} from '@/lib/core';
import {
  deriveSnapshot,
  discardSnapshots,
  etlSpecSchema,
  QUARANTINE,
  selecting,
  serveInstead,
  stepsSql,
  withProductLock,
} from '@/lib/platform';
import { scanSql, writeSnapshot } from '@/lib/platform/lake';
import { runSqlToSnapshot } from '@/lib/platform/sandbox';
import { ROW } from '../checks/define-check';
import { filesOf, type Opened } from '../measure-snapshot';
import { numbered } from '../run/plan';
import { runQuality } from '../run-quality';
import { addIncidentEvent } from './events';
import { badCondition, type FixStep, fixStep, openIncidentRule, Remedy } from './remedy';

const ENVIRONMENT = 'production';
const load = (id: string) =>
  db().qualityRemediation.findUniqueOrThrow({
    where: { id },
    include: { incident: { select: { ruleId: true, ruleName: true, productId: true } } },
  });
type Job = Awaited<ReturnType<typeof load>>;

/** Serves an earlier snapshot with the release that wrote it, from what is served now. Safe to run twice. */
export type ServeEarlier = (back: {
  productId: string;
  from: string;
  to: string;
  reason: string;
}) => Promise<void>;

export interface RemedyDeps {
  serveEarlier: ServeEarlier;
  /** Names an instant; tests stop or kill a worker there. */
  checkpoint?: (name: string) => Promise<void>;
}

interface Outcome {
  to: string;
  side: string | null;
  rows: number;
  step: FixStep | null;
}

/**
 * Does what a remediation says, then runs the rules over the new rows. May be repeated after a crash at any
 * instant: readers see the old rows or the new ones. What was served stays as a snapshot, to go back to.
 */
export async function performRemediation(id: string, deps: RemedyDeps): Promise<void> {
  const { checkpoint = async () => {} } = deps;
  const job = await load(id);
  if (job.status !== 'queued' && job.status !== 'running') return;
  await db().qualityRemediation.updateMany({
    where: { id, status: 'queued' },
    data: { status: 'running' },
  });
  try {
    await withProductLock(job.productId, async (signal) => {
      const outcome = await work(job, checkpoint, signal);
      await checkpoint('written');
      await serveOutcome(job, outcome.to, deps);
      await checkpoint('swapped');
      await finish(job, outcome);
    });
  } catch (error) {
    if (!isAppError(error) || error.code === 'unavailable') throw error;
    await fail(job, error.message);
    return;
  }
  const { toSnapshotId } = await load(id);
  if (toSnapshotId) await runQuality(job.productId, toSnapshotId);
}

async function work(
  job: Job,
  checkpoint: (name: string) => Promise<void>,
  signal: AbortSignal,
): Promise<Outcome> {
  const { id, productId, fromSnapshotId: from, config } = job;
  const remedy = Remedy.parse(config);
  if (remedy.kind === 'rollback') return rollback(job);
  const opened = await openIncidentRule(job.incident, from);
  const { createdAt } = await db().snapshot.findUniqueOrThrow({ where: { id: from } });
  const derive = (environment: string, write: Parameters<typeof deriveSnapshot>[0]['write']) =>
    deriveSnapshot({
      productId,
      environment,
      from,
      runId: id,
      createdAt,
      checkpoint,
      signal,
      write,
    });
  if (remedy.kind === 'quarantine') {
    const side = await derive(QUARANTINE, rowsWhere(opened, '__bad', signal));
    await checkpoint('set aside');
    const kept = await derive(ENVIRONMENT, rowsWhere(opened, '__bad is not true', signal));
    return { to: kept.id, side: side.id, rows: Number(side.rowCount), step: null };
  }
  const step = fixStep(opened, id, remedy);
  const made = await derive(ENVIRONMENT, (target, files) =>
    runSqlToSnapshot({ sql: stepsSql([step]), inputs: [{ name: 'data', files }], signal }, target),
  );
  const rows = Number(job.rows);
  return { to: made.id, side: null, rows, step: remedy.isLasting ? step : null };
}

function rowsWhere(opened: Opened, condition: string, signal: AbortSignal) {
  const bad = badCondition(opened);
  // Looking for repeats loses the order of the rows.
  const [rule] = opened.rules;
  const isMixed = rule && !('problem' in rule) && rule.compiled.kind === 'unique';
  const select = (relation: string) =>
    `select * from (select *, (${bad}) as __bad from ${numbered(relation)}) where ${condition}${
      isMixed ? ` order by ${ROW}` : ''
    }`;
  if (opened.sources.size === 0) return selecting(select, signal);
  return (target: Parameters<ReturnType<typeof selecting>>[0], files: Opened['files']) =>
    writeSnapshot({
      ...target,
      sql: select(scanSql(files)),
      inputs: filesOf({ files, sources: opened.sources }),
      signal,
    });
}

/** A rollback is the one of every release; new rows of the same release take the place of the old ones. */
async function serveOutcome(job: Job, to: string, { serveEarlier }: RemedyDeps): Promise<void> {
  const { productId, fromSnapshotId: from, kind, incident } = job;
  if (kind !== 'rollback') {
    return serveInstead({ productId, environment: ENVIRONMENT }, from, to);
  }
  await serveEarlier({ productId, from, to, reason: `The rule "${incident.ruleName}" fails.` });
}

async function rollback(job: Job): Promise<Outcome> {
  const to = String((job.config as { snapshotId?: unknown }).snapshotId ?? '');
  const target = await db().snapshot.findFirst({
    where: { id: to, productId: job.productId, environment: ENVIRONMENT, status: 'ready' },
  });
  if (!target) throw precondition('The snapshot to go back to is not kept any more. Look again.');
  return { to, side: null, rows: Number(job.rows), step: null };
}

async function finish(job: Job, { to, side, rows, step }: Outcome): Promise<void> {
  const { id, productId, incidentId, kind } = job;
  await transact(async (tx) => {
    const { count } = await tx.qualityRemediation.updateMany({
      where: { id, status: 'running' },
      data: {
        status: 'succeeded',
        toSnapshotId: to,
        sideSnapshotId: side,
        rows: BigInt(rows),
        finishedAt: now(),
      },
    });
    if (count === 0) return;
    if (step) await keepStep(tx, productId, step);
    await addIncidentEvent(tx, {
      incidentId,
      kind: 'remediation',
      note: 'Done. The rules run again.',
      at: now(),
    });
    audit(tx, systemCtx('worker'), {
      action: 'quality.remediated',
      target: { type: 'quality_incident', id: incidentId },
      productId,
      detail: { remediation: id, kind, rows, toSnapshot: to, ...(side && { sideFile: side }) },
    });
    await notify(tx, 'portolan_run', id);
  });
}

/** In every load to come: the pipeline, and what the release and the version in force say of it. */
async function keepStep(tx: Tx, productId: string, step: FixStep): Promise<void> {
  const pipeline = await tx.pipeline.findUnique({ where: { productId } });
  const spec = etlSpecSchema.safeParse(pipeline?.spec);
  if (!spec.success) return;
  const steps = [...spec.data.transform.steps, step];
  const etl = { ...spec.data, transform: { ...spec.data.transform, steps } };
  await tx.pipeline.update({ where: { productId }, data: { spec: etl } });
  const served = await tx.productEnvironment.findUnique({
    where: { productId_environment: { productId, environment: ENVIRONMENT } },
  });
  await tx.release.updateMany({ where: { id: served?.releaseId ?? '' }, data: { etl } });
  await tx.contractVersion.updateMany({ where: { productId, status: 'active' }, data: { etl } });
}

async function fail(job: Job, message: string): Promise<void> {
  const { id, productId, incidentId } = job;
  log().warn({ remediation: id }, 'a remediation failed');
  await withProductLock(productId, () =>
    discardSnapshots(productId, { runId: id, onlyUnserved: true }),
  );
  await transact(async (tx) => {
    const { count } = await tx.qualityRemediation.updateMany({
      where: { id, status: 'running' },
      data: { status: 'failed', error: message.slice(0, 500), finishedAt: now() },
    });
    if (count === 0) return;
    await addIncidentEvent(tx, {
      incidentId,
      kind: 'remediation',
      note: `It failed: ${message}`,
      at: now(),
    });
    audit(tx, systemCtx('worker'), {
      action: 'quality.remediation_failed',
      target: { type: 'quality_incident', id: incidentId },
      productId,
      detail: { remediation: id, error: message },
    });
    await notify(tx, 'portolan_run', id);
  });
}
