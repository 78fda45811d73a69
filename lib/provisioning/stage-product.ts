import { z } from 'zod';
import {
  type Ctx,
  db,
  invalid,
  notFound,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import type { EtlSpec } from '@/lib/platform';
import { enqueueRun, lockProduct, requireIdle, stepsOfProduct } from './begin-run';
import { requireInputs } from './require-inputs';
import { OPEN } from './versions/statuses';

export const StageProductInput = z.object({
  productId: z.string().min(1).max(100),
  /** The candidate's transformation, where the product is made by SQL; what production runs stays as it is. */
  sql: z.string().trim().min(1, 'Write one SELECT statement').max(100_000).optional(),
  /** Goes to production by itself when every gate passes. */
  publishes: z.boolean().default(false),
});
export type StageProductInput = z.input<typeof StageProductInput>;

const STAGEABLE = new Set(['development', 'testing', 'staging', 'production']);

/**
 * Loads a candidate into staging and runs the four suites on it; production is not touched until it is promoted.
 * @throws AppError not_found | forbidden | invalid | precondition | conflict
 */
export async function stageProduct(ctx: Ctx, raw: StageProductInput): Promise<{ runId: string }> {
  const { productId, sql, publishes } = StageProductInput.parse(raw);
  const steps = await stepsOfProduct(productId);
  if (sql !== undefined) await requireStatement(ctx, productId);
  return transact(async (tx) => {
    const product = await lockProduct(tx, ctx, productId);
    requireIdle(product.last);
    if (!STAGEABLE.has(product.status) || steps.length === 0) {
      throw precondition(`The product is ${product.status}; nothing new can be staged for it.`);
    }
    const pipeline = await tx.pipeline.findUniqueOrThrow({ where: { productId } });
    const etl = changed(pipeline.spec as unknown as EtlSpec, sql);
    if (etl) await requireNoChange(tx, productId);
    const where = { productId_environment: { productId, environment: 'staging' } };
    const candidate = etl ? { etl: etl as object } : {};
    await tx.productEnvironment.upsert({
      where,
      create: { productId, environment: 'staging', candidate },
      update: { candidate },
    });
    return enqueueRun(tx, ctx, product, { kind: 'provision', steps, publishes });
  });
}

/** Another statement shows other rows of the same sources. */
async function requireStatement(ctx: Ctx, productId: string): Promise<void> {
  const product = await db().product.findUnique({
    where: { id: productId },
    include: { pipeline: true },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.operate', product);
  if (!product.pipeline) return;
  await requireInputs(ctx, (product.pipeline.spec as unknown as EtlSpec).extract);
}

/** A proposed contract has a statement of its own, which another one would bring to nothing. */
async function requireNoChange(tx: Tx, productId: string): Promise<void> {
  const open = await tx.contractVersion.findFirst({
    where: { productId, status: { in: OPEN } },
    select: { version: true },
  });
  if (!open) return;
  throw precondition(
    `Version ${open.version} of the contract is proposed. Put it in force or withdraw it, then stage another statement.`,
  );
}

function changed(spec: EtlSpec, sql: string | undefined): EtlSpec | null {
  if (sql === undefined) return null;
  if (spec.extract.kind !== 'sql') {
    const message = 'This product is not made by SQL, so there is no statement to change.';
    throw invalid(message, { sql: message });
  }
  return { ...spec, extract: { ...spec.extract, sql } };
}
