import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, db, newId, notFound, precondition, requireCan, transact } from '@/lib/core';
import { loadDriverProduct, type SuiteResult } from '@/lib/provisioning';
import { runSample } from './run-sample';
import { Sample } from './sample';

const ProductId = z.object({ productId: z.string().min(1).max(100) });
export const SaveSampleInput = ProductId.extend(Sample.shape);
export type SaveSampleInput = z.input<typeof SaveSampleInput>;
const MAX_SAMPLES = 50;

async function editable(ctx: Ctx, productId: string) {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: { id: true, domainId: true, ownerId: true, status: true },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.operate', product);
  if (product.status === 'draft' || product.status === 'retired') {
    throw precondition(
      `The product is a ${product.status} product and has no transformation to test.`,
    );
  }
  return product;
}

/**
 * Keeps sample rows for the unit suite, by name, and tries them at once.
 * @returns how the transformation does on them; a sample that fails is kept
 * @throws AppError not_found | forbidden | precondition
 */
export async function saveSample(ctx: Ctx, raw: SaveSampleInput): Promise<SuiteResult> {
  const { productId, name, inputs, expected } = SaveSampleInput.parse(raw);
  const product = await editable(ctx, productId);
  const rows = { inputs: inputs as object, expected: expected as object[] };
  await transact(async (tx) => {
    const others = await tx.transformationSample.count({
      where: { productId, name: { not: name } },
    });
    if (others >= MAX_SAMPLES) {
      throw precondition(`There are ${others} samples already. Remove one first.`);
    }
    await tx.transformationSample.upsert({
      where: { productId_name: { productId, name } },
      create: { id: newId(), productId, name, ...rows },
      update: rows,
    });
    audit(tx, ctx, {
      action: 'product.sample.save',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
      detail: { name, rows: expected.length },
    });
  });
  const { descriptor } = await loadDriverProduct(productId, 'staging');
  const signal = AbortSignal.timeout(15_000);
  return runSample({ productId, descriptor, signal }, { name, ...rows });
}

export const DeleteSampleInput = ProductId.extend({ name: z.string().min(1).max(100) });
export type DeleteSampleInput = z.input<typeof DeleteSampleInput>;

/** @throws AppError not_found | forbidden | precondition */
export async function deleteSample(ctx: Ctx, raw: DeleteSampleInput): Promise<void> {
  const { productId, name } = DeleteSampleInput.parse(raw);
  const product = await editable(ctx, productId);
  await transact(async (tx) => {
    const { count } = await tx.transformationSample.deleteMany({ where: { productId, name } });
    if (count === 0) throw notFound(`The sample "${name}"`);
    audit(tx, ctx, {
      action: 'product.sample.delete',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
      detail: { name },
    });
  });
}
