import { db, log, now, type Tx, transact } from '@/lib/core';
import { contractAt, type EtlSpec, etlSpecSchema, versionEnvironment } from '@/lib/platform';
import { parseSql } from '@/lib/platform/sandbox';
import type { DataProduct } from '@/lib/specs';
import { type TracedField, traceEtl } from './trace-etl';

const BATCH = 20;
const CLAIMED_MS = 120_000;

/**
 * Derives the column lineage of products whose statement, contract or sources have changed. Workers share the work by
 * claims; what a dead one had claimed is free again after two minutes. @returns how many were derived
 */
export async function deriveDueLineage(): Promise<number> {
  let count = 0;
  for (;;) {
    const claimed = await claim();
    if (claimed.size === 0) return count;
    for (const [productId, ids] of claimed) {
      try {
        await derive(productId, ids);
      } catch (error) {
        // It is tried again when its claim has run out, and holds up no other.
        log().warn({ err: error, productId }, 'the lineage of a product could not be derived');
      }
      count += 1;
    }
  }
}

async function claim(): Promise<Map<string, bigint[]>> {
  const at = now();
  const free = new Date(at.getTime() - CLAIMED_MS);
  const rows = await db().$queryRaw<{ id: bigint; productId: string }[]>`
    update lineage_due set "claimedAt" = ${at} where id in (
      select id from lineage_due where "claimedAt" is null or "claimedAt" < ${free}
      order by id limit ${BATCH} for update skip locked)
    returning id, "productId"`;
  const byProduct = new Map<string, bigint[]>();
  for (const { id, productId } of rows) {
    byProduct.set(productId, [...(byProduct.get(productId) ?? []), id]);
  }
  return byProduct;
}

async function derive(productId: string, ids: readonly bigint[]): Promise<void> {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: {
      ...{ version: true, descriptor: true, inputs: true },
      pipeline: { select: { spec: true } },
    },
  });
  const spec = etlSpecSchema.safeParse(product?.pipeline?.spec);
  const traced = product && spec.success ? await trace(product, spec.data) : null;
  await transact(async (tx) => {
    if (product && spec.success && traced) {
      await put(
        tx,
        { productId, version: product.version, source: spec.data.extract.kind },
        traced,
      );
    }
    await tx.lineageDue.deleteMany({ where: { id: { in: [...ids] } } });
  });
}

interface Row {
  descriptor: unknown;
  inputs: { sourceId: string; alias: string; version: string | null }[];
}
type Found = TracedField & { sources: ReadonlyMap<string, string> };

async function trace({ descriptor, inputs }: Row, etl: EtlSpec): Promise<Found[]> {
  const sources = await Promise.all(
    inputs.map(async ({ alias, sourceId, version }) => ({
      ...{ alias, columns: await columnsOf(sourceId, version) },
    })),
  );
  const { schema } = (descriptor as DataProduct).spec;
  const ids = new Map(inputs.map(({ alias, sourceId }) => [alias, sourceId]));
  const traced = await traceEtl(etl, { sources, fields: schema }, parseSql);
  return traced.map((one) => ({ ...one, sources: ids }));
}

/** At the version that is read. */
async function columnsOf(productId: string, version: string | null) {
  const pinned = version ? await contractAt(productId, versionEnvironment(version)) : {};
  if (pinned.descriptor) return pinned.descriptor.spec.schema;
  const { descriptor } = await db().product.findUniqueOrThrow({
    where: { id: productId },
    select: { descriptor: true },
  });
  return (descriptor as unknown as DataProduct).spec.schema;
}

async function put(
  tx: Tx,
  key: { productId: string; version: string; source: string },
  traced: readonly Found[],
): Promise<void> {
  const { source, ...at } = key;
  const gaps = traced.flatMap(({ field, gaps }) => gaps.map((reason) => ({ field, reason })));
  await tx.lineageDerivation.upsert({
    where: { productId_version: at },
    create: { ...at, source, gaps },
    update: { source, gaps, derivedAt: now() },
  });
  await tx.columnLineage.deleteMany({ where: at });
  const rows = traced.flatMap(({ field, found, sources }) =>
    found.map(({ input, column, how }) => ({
      ...{ field, how, sourceColumn: column, sourceId: sources.get(input) ?? null },
    })),
  );
  await tx.columnLineage.createMany({
    data: rows.map((row, ordinal) => ({ ...at, ordinal, ...row })),
  });
}
