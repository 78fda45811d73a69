import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  enqueue,
  invalid,
  newId,
  notFound,
  now,
  precondition,
  requireCan,
  transact,
} from '@/lib/core';
import { planRetention, type RetentionPlan } from './plan';

const Address = z.object({ productId: z.string().min(1).max(100) });
const ENVIRONMENT = 'production';

async function owned(ctx: Ctx, productId: string) {
  const product = await db().product.findUnique({ where: { id: productId } });
  if (!product || product.status === 'draft') throw notFound('This product');
  requireCan(ctx, 'retention.run', { domainId: product.domainId, ownerId: product.ownerId });
  return product;
}

export const RunRetentionInput = Address.extend({
  /** How many rows the person saw would be deleted: nobody deletes more than they looked at. */
  rows: z.int().min(0),
});
export type RunRetentionInput = z.input<typeof RunRetentionInput>;

/**
 * Enforces retention on one product now.
 * @throws AppError forbidden | not_found | precondition (a hold, nothing to delete) | conflict (changed meanwhile)
 */
export async function runRetention(ctx: Ctx, raw: RunRetentionInput): Promise<{ runId: string }> {
  const { productId, rows } = RunRetentionInput.parse(raw);
  const product = await owned(ctx, productId);
  const plan = await planRetention(productId, ENVIRONMENT);
  if (!plan) throw precondition('No policy in force says how long this product is kept.');
  if (plan.isHeld) {
    throw precondition('This product is under a legal hold. Retention waits until it is released.');
  }
  if (plan.doomed.length === 0) throw precondition('Nothing is too old yet.');
  const planned = plan.doomed.find((one) => one.isServed)?.rows ?? 0;
  if (planned !== rows) {
    throw conflict(`${planned} rows would be deleted now, not ${rows}. Look at the preview again.`);
  }
  return begin(plan, 'manual', ctx, product.domainId);
}

/** One run and the job that does it; a product has one at a time. */
async function begin(plan: RetentionPlan, trigger: string, ctx: Ctx | null, domainId: string) {
  const { productId, environment, policy, retention, mode, column, cutoff } = plan;
  const runId = newId();
  await transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`retention:${productId}`}))`;
    const busy = await tx.retentionRun.findFirst({ where: { productId, status: 'queued' } });
    if (busy) throw conflict('Retention of this product is being enforced already.');
    await tx.retentionRun.create({
      data: {
        id: runId,
        productId,
        environment,
        trigger,
        policy,
        retention,
        mode,
        column,
        cutoff,
        requestedBy: ctx?.actor.type === 'user' ? ctx.actor.id : null,
        createdAt: now(),
      },
    });
    if (ctx) {
      audit(tx, ctx, {
        action: 'retention.run',
        target: { type: 'retention_run', id: runId },
        productId,
        domainId,
        detail: { policy, cutoff },
      });
    }
    await enqueue(tx, {
      workflow: 'retention',
      queue: 'compliance',
      key: `retention:${runId}`,
      args: [runId],
    });
  });
  return { runId };
}

export const SetRetentionColumnInput = Address.extend({
  /** Null: a row is as old as its load. */
  column: z.string().min(1).max(200).nullable(),
});
export type SetRetentionColumnInput = z.input<typeof SetRetentionColumnInput>;

/** Chooses the column that says how old a row is. @throws AppError invalid naming the columns that can */
export async function setRetentionColumn(ctx: Ctx, raw: SetRetentionColumnInput): Promise<void> {
  const { productId, column } = SetRetentionColumnInput.parse(raw);
  const { domainId } = await owned(ctx, productId);
  const plan = await planRetention(productId, ENVIRONMENT);
  if (column && !plan?.timeColumns.includes(column)) {
    const able = plan?.timeColumns.join(', ') || 'none of its columns';
    const message = `Choose a column that is a date or a time: ${able}.`;
    throw invalid(message, { column: message });
  }
  const before = await db().retentionColumn.findUnique({ where: { productId } });
  const setById = ctx.actor.type === 'user' ? ctx.actor.id : 'system';
  await transact(async (tx) => {
    if (column) {
      const data = { column, setById, setAt: now() };
      await tx.retentionColumn.upsert({
        where: { productId },
        create: { productId, ...data },
        update: data,
      });
    } else await tx.retentionColumn.deleteMany({ where: { productId } });
    audit(tx, ctx, {
      action: 'retention.column',
      target: { type: 'product', id: productId },
      productId,
      domainId,
      detail: { before: { column: before?.column ?? null }, after: { column } },
    });
  });
}

const DAY_MS = 86_400_000;
const BATCH = 200;

/** Asks once a day, whichever worker is first, for a look at every product; a day that was missed is made up. */
export async function fireRetention(): Promise<void> {
  const day = Math.floor(now().getTime() / DAY_MS);
  await transact((tx) =>
    enqueue(tx, {
      workflow: 'retention-sweep',
      queue: 'compliance',
      key: `retention-sweep:${day}`,
      args: [String(day)],
    }),
  );
}

const next = ({ productId, environment }: { productId: string; environment: string }) => ({
  productId,
  environment: { gt: environment },
});

/** Begins a run for every product that serves something too old and is not under a hold. @returns how many */
export async function sweepRetention(): Promise<number> {
  let begun = 0;
  let after: { productId: string; environment: string } | undefined;
  for (;;) {
    const live = await db().productEnvironment.findMany({
      // Production, staging, and the older versions that are served beside them.
      where: {
        status: 'live',
        ...(after && { OR: [{ productId: { gt: after.productId } }, next(after)] }),
      },
      orderBy: [{ productId: 'asc' }, { environment: 'asc' }],
      take: BATCH,
      include: { product: { select: { domainId: true } } },
    });
    for (const { productId, environment, product } of live) {
      const plan = await planRetention(productId, environment);
      if (!plan || plan.isHeld || plan.doomed.length === 0) continue;
      const isBusy = await db().retentionRun.count({
        where: { productId, environment, status: 'queued' },
      });
      if (isBusy > 0) continue;
      await begin(plan, 'schedule', null, product.domainId);
      begun += 1;
    }
    const last = live.at(-1);
    if (!last || live.length < BATCH) return begun;
    after = { productId: last.productId, environment: last.environment };
  }
}
