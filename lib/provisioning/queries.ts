import { type Ctx, can, db, notFound, requireCan } from '@/lib/core';
import { isRunCancellable, isRunOver, isRunRetryable } from './run-lifecycle';
import { stepKey } from './run-steps';

export interface RunStepDto {
  ordinal: number;
  /** How the log names it; one name a run. */
  key: string;
  environment: string;
  name: string;
  driver: string;
  status: string;
  error: string | null;
  plan: { action: string; what: string; detail?: string }[];
  startedAt: string | null;
  finishedAt: string | null;
}
export interface RunLogDto {
  id: string;
  step: string | null;
  level: 'info' | 'warn' | 'error';
  message: string;
  at: string;
}
export interface RunDto {
  id: string;
  kind: 'provision' | 'test' | 'promote' | 'retire';
  status: string;
  attempt: number;
  error: string | null;
  isOver: boolean;
  canCancel: boolean;
  canRetry: boolean;
  isCancelling: boolean;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  product: { id: string; domain: string; name: string; title: string; status: string };
  /** The reopened draft, when there is one to go back to. */
  draftId: string | null;
  steps: RunStepDto[];
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

async function findRun(runId: string) {
  return db().provisioningRun.findUnique({
    where: { id: runId },
    include: {
      steps: { orderBy: { ordinal: 'asc' } },
      product: { include: { domain: { select: { name: true } } } },
    },
  });
}
type Found = NonNullable<Awaited<ReturnType<typeof findRun>>>;

/** Whoever asked for the run sees it as the product's owner does. */
function maySee(ctx: Ctx, run: Found): boolean {
  const { actor } = ctx;
  const { domainId, ownerId } = run.product;
  const isOwn = actor.type === 'user' && actor.id === run.requestedBy;
  return can(ctx, 'run.read', { domainId, ownerId: isOwn ? actor.id : ownerId });
}

/** A run with its steps. @throws AppError not_found, also for people who may not see it */
export async function getRun(ctx: Ctx, runId: string): Promise<RunDto> {
  const run = await findRun(runId);
  if (!run || !maySee(ctx, run)) throw notFound('The run');
  const mayOperate = can(ctx, 'product.operate', run.product);
  const draft = await db().productDraft.findUnique({
    where: { productId: run.productId },
    select: { id: true, submittedAt: true },
  });
  const isLatest = await isLatestRun(run);
  return {
    id: run.id,
    kind: run.kind as RunDto['kind'],
    status: run.status,
    attempt: run.attempt,
    error: run.error,
    isOver: isRunOver(run.status),
    canCancel: mayOperate && !run.cancelledAt && isRunCancellable(run.kind, run.status),
    canRetry: mayOperate && isLatest && isRunRetryable(run.status),
    isCancelling: run.cancelledAt !== null && !isRunOver(run.status),
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    product: {
      id: run.productId,
      domain: run.product.domain.name,
      name: run.product.name,
      title: run.product.title,
      status: run.product.status,
    },
    draftId: draft && !draft.submittedAt ? draft.id : null,
    steps: run.steps.map((step) => ({
      ordinal: step.ordinal,
      key: stepKey(step),
      environment: step.environment,
      name: step.name,
      driver: step.driver,
      status: step.status,
      error: step.error,
      plan: Array.isArray(step.plan) ? (step.plan as unknown as RunStepDto['plan']) : [],
      startedAt: iso(step.startedAt),
      finishedAt: iso(step.finishedAt),
    })),
  };
}

async function isLatestRun(run: Found): Promise<boolean> {
  const latest = await db().provisioningRun.findFirst({
    where: { productId: run.productId },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  });
  return latest?.id === run.id;
}

/** Log lines after `after` (a line's id), oldest first, at most 1,000. @throws AppError not_found as `getRun` */
export async function runLogs(ctx: Ctx, runId: string, after = 0n): Promise<RunLogDto[]> {
  const run = await findRun(runId);
  if (!run || !maySee(ctx, run)) throw notFound('The run');
  const rows = await db().runLog.findMany({
    where: { runId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: 1000,
  });
  return rows.map((row) => ({
    id: row.id.toString(),
    step: row.step,
    level: row.level as RunLogDto['level'],
    message: row.message,
    at: row.at.toISOString(),
  }));
}

/** A product's runs, newest first, for its page. */
export async function listRuns(ctx: Ctx, productId: string) {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: { domainId: true, ownerId: true },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.operate', product);
  const runs = await db().provisioningRun.findMany({
    where: { productId },
    orderBy: { createdAt: 'desc' },
    take: 50,
    select: {
      id: true,
      kind: true,
      status: true,
      attempt: true,
      error: true,
      createdAt: true,
      startedAt: true,
      finishedAt: true,
    },
  });
  return runs.map((run) => ({
    ...run,
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
  }));
}
