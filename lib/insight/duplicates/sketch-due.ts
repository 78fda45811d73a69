import { db, log, now, pool, transact } from '@/lib/core';
import type { DataProduct } from '@/lib/specs';
import { ALIKE, bandsOf, type SketchedColumn, similarityOf } from './similarity';
import { columnsOf, SCHEME, withValues } from './sketch';

const BATCH = 20;
const DAY_MS = 86_400_000;
/** Of a band that very many share, and of all that share any: what a product is compared with at most. */
const MOST_IN_BAND = 100;
const MOST_COMPARED = 30;
const MOST_KEPT = 10;
/** One worker at a time: the lock ends with its connection. */
const LOCK = 'duplicates';

/** Never made, made otherwise, of another version, of rows that are gone; of other rows once a day. */
const DUE = `select e."productId", e."snapshotId" from product_environment e
  join product p on p.id = e."productId" and p.status <> 'retired'
  left join product_sketch s on s."productId" = e."productId"
  left join snapshot held on held.id = s."snapshotId"
  where e.environment = 'production' and e.status = 'live' and e."snapshotId" is not null
    and (s."productId" is null or s.scheme <> $1 or s.version <> p.version or
      (s."snapshotId" <> e."snapshotId" and (s."madeAt" < $2 or held.status is distinct from 'ready')))
  order by s."madeAt" nulls first limit ${BATCH}`;

interface Due {
  productId: string;
  snapshotId: string;
}

/**
 * Makes sketches of products whose rows or contract changed, and compares each with those that share a band with it.
 * @returns how many were made
 */
export async function sketchDue(): Promise<number> {
  const client = await pool().connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtext($1)) as mine`,
      [LOCK],
    );
    if (!rows[0]?.mine) return 0;
    try {
      await forgetRetired();
      return await sketchAll();
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1))', [LOCK]);
    }
  } finally {
    client.release();
  }
}

async function sketchAll(): Promise<number> {
  const since = new Date(now().getTime() - DAY_MS);
  for (let made = 0; ; ) {
    const { rows } = await pool().query<Due>(DUE, [SCHEME, since]);
    for (const due of rows) await sketch(due);
    made += rows.length;
    if (rows.length < BATCH) return made;
  }
}

async function sketch({ productId, snapshotId }: Due): Promise<void> {
  const product = await db().product.findUniqueOrThrow({
    where: { id: productId },
    select: { version: true, descriptor: true },
  });
  const fields = (product.descriptor as unknown as DataProduct).spec.schema;
  const bare = await columnsOf(productId, fields);
  const columns = await withValues(snapshotId, fields, bare).catch((error: unknown) => {
    // It is found by its columns alone, until its rows are others.
    log().warn({ err: error, productId }, 'the values of a product could not be sketched');
    return bare;
  });
  const bands = bandsOf(columns);
  const pairs = await compared(productId, columns, bands);
  await transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${LOCK}), 1)`;
    const made = {
      ...{ snapshotId, version: product.version, scheme: SCHEME, madeAt: now() },
      columns: columns as unknown as object[],
    };
    await tx.productSketch.upsert({
      where: { productId },
      create: { productId, ...made },
      update: made,
    });
    await tx.sketchBand.deleteMany({ where: { productId } });
    await tx.sketchBand.createMany({ data: bands.map((band) => ({ band, productId })) });
    await tx.duplicatePair.deleteMany({ where: { OR: [{ aId: productId }, { bId: productId }] } });
    await tx.duplicatePair.createMany({ data: pairs });
  });
}

/** Those that share most bands with a product, each through an index: never all products, whatever they have in common. */
async function compared(productId: string, columns: SketchedColumn[], bands: bigint[]) {
  const found = await db().$queryRaw<{ productId: string; columns: SketchedColumn[] }[]>`
    select s."productId", s.columns from (
      select o."productId" from unnest(${bands}::bigint[]) mine(band)
      cross join lateral (select "productId" from sketch_band b where b.band = mine.band and b."productId" <> ${productId}
        limit ${MOST_IN_BAND}) o
      group by 1 order by count(*) desc, 1 limit ${MOST_COMPARED}) near
    join product_sketch s on s."productId" = near."productId"`;
  return found
    .map((other) => ({ id: other.productId, ...orderedBy(productId, columns, other) }))
    .filter(({ score, schema }) => Math.max(score, schema) >= ALIKE)
    .sort((x, y) => y.score - x.score)
    .slice(0, MOST_KEPT)
    .map(({ id, columns: matched, named, ...scores }) => {
      const [aId, bId] = [productId, id].sort();
      return {
        ...{ aId: aId!, bId: bId!, ...scores, foundAt: now() },
        reasons: { columns: matched, named } as unknown as object,
      };
    });
}

const orderedBy = (
  productId: string,
  columns: SketchedColumn[],
  other: { productId: string; columns: SketchedColumn[] },
) =>
  productId < other.productId
    ? similarityOf(columns, other.columns)
    : similarityOf(other.columns, columns);

/** What is known of products that are served no more. */
async function forgetRetired(): Promise<void> {
  await db()
    .$executeRaw`with gone as (delete from product_sketch s where not exists (select 1 from product_environment e
      where e."productId" = s."productId" and e.environment = 'production' and e.status = 'live') returning "productId"),
    bands as (delete from sketch_band where "productId" in (select "productId" from gone))
    delete from duplicate_pair where "aId" in (select "productId" from gone) or "bId" in (select "productId" from gone)`;
}
