import { newId, now, type Tx } from '@/lib/core';
import type { EtlSpec } from '@/lib/platform';
import { draftOf } from '@/lib/products/draft-of-descriptor';
import { type DataProduct, durationToMs, parseSchedule, shiftDate } from '@/lib/specs';

/** Writes what a contract says to where the portal works by it: the product, its rules, its pipeline, its inputs. */
export async function putContractParts(
  tx: Tx,
  productId: string,
  descriptor: DataProduct,
  etl: EtlSpec,
): Promise<void> {
  const product = await tx.product.findUniqueOrThrow({ where: { id: productId } });
  const { spec } = descriptor;
  await tx.product.update({
    where: { id: productId },
    data: {
      version: spec.version,
      title: spec.title ?? product.title,
      description: spec.description,
      classification: spec.classification ?? product.classification,
      tags: spec.tags ?? [],
      documentation: spec.documentation ?? '',
      descriptor: descriptor as object,
      rev: { increment: 1 },
    },
  });
  await putPipeline(tx, productId, etl);
  await putInputs(tx, productId, etl.extract);
  const before = product.descriptor as unknown as DataProduct;
  if (JSON.stringify(before.spec.quality ?? []) !== JSON.stringify(spec.quality ?? [])) {
    await putRules(tx, productId, before, descriptor);
  }
}

async function putPipeline(tx: Tx, productId: string, etl: EtlSpec): Promise<void> {
  const held = await tx.pipeline.findUniqueOrThrow({ where: { productId } });
  const { schedule } = etl;
  const nextRunAt = schedule === held.schedule ? held.nextRunAt : firstRunAfter(schedule);
  await tx.pipeline.update({
    where: { productId },
    data: { spec: etl as object, schedule, nextRunAt },
  });
}

/** The first load of a schedule that begins now; null for what nobody schedules. */
export function firstRunAfter(schedule: string): Date | null {
  const parsed = parseSchedule(schedule);
  if (parsed?.kind !== 'interval' || durationToMs(parsed.every) <= 0) return null;
  return shiftDate(now(), parsed.every, 1);
}

/** A source that is kept is read at the version that it was read at. */
async function putInputs(tx: Tx, productId: string, extract: EtlSpec['extract']): Promise<void> {
  const held = await tx.productInput.findMany({ where: { productId } });
  const versions = new Map(held.map((one) => [one.sourceId, one.version]));
  const inputs =
    extract.kind === 'upload'
      ? []
      : extract.kind === 'product'
        ? [{ alias: 'source', productId: extract.productId }]
        : extract.inputs;
  await tx.productInput.deleteMany({ where: { productId } });
  await tx.productInput.createMany({
    data: inputs.map(({ alias, productId: sourceId }) => ({
      ...{ productId, alias, sourceId, version: versions.get(sourceId) ?? null },
    })),
  });
}

/**
 * Rules that the contract named and names no more are switched off: their results stay in the history. Rules that
 * were added on the product's page are no part of the contract and stay as they are.
 */
async function putRules(
  tx: Tx,
  productId: string,
  before: DataProduct,
  descriptor: DataProduct,
): Promise<void> {
  const wanted = draftOf(descriptor).quality ?? [];
  const kept = new Set(wanted.map((rule) => rule.name));
  const dropped = (draftOf(before).quality ?? []).filter(({ name }) => !kept.has(name));
  const held = await tx.qualityRule.findMany({ where: { productId } });
  const byName = new Map(held.map((rule) => [rule.name, rule]));
  await tx.qualityRule.updateMany({
    where: { productId, name: { in: dropped.map((rule) => rule.name) } },
    data: { isEnabled: false },
  });
  for (const { name, dimension, check, column, config, reason } of wanted) {
    const data = {
      ...{ dimension, check, reason, column: column ?? null },
      config: config as object,
      isEnabled: true,
    };
    const known = byName.get(name);
    if (known) await tx.qualityRule.update({ where: { id: known.id }, data });
    else await tx.qualityRule.create({ data: { id: newId(), productId, name, ...data } });
  }
}
