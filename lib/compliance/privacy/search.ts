import { db, newId, notify, transact } from '@/lib/core';
import { holdsOn } from '@/lib/governance';
import { personalColumns, readSnapshot, subjectCondition } from '@/lib/platform';
import type { SchemaField } from '@/lib/specs';
import { openSubject } from './subject';

interface Place {
  productId: string;
  environment: string;
  snapshots: { id: string; schema: SchemaField[] }[];
}

/** Every product that declares personal data and has rows, with every snapshot that is kept of it. */
async function places(): Promise<Place[]> {
  const snapshots = await db().snapshot.findMany({
    where: { status: 'ready' },
    orderBy: { number: 'desc' },
    select: { id: true, productId: true, environment: true, schema: true },
  });
  const found = new Map<string, Place>();
  for (const { id, productId, environment, schema } of snapshots) {
    const fields = schema as unknown as SchemaField[];
    if (personalColumns(fields).length === 0) continue;
    const key = `${productId}/${environment}`;
    const place = found.get(key) ?? { productId, environment, snapshots: [] };
    found.set(key, place);
    place.snapshots.push({ id, schema: fields });
  }
  return [...found.values()];
}

/** How many rows of a snapshot are the person's, and which columns say so. */
export async function countIn(
  snapshot: { id: string; schema: SchemaField[] },
  identifier: string,
): Promise<{ rows: number; columns: string[] }> {
  const condition = subjectCondition(snapshot.schema, [identifier]);
  if (!condition) return { rows: 0, columns: [] };
  const columns = personalColumns(snapshot.schema);
  const single = columns.map(
    (column, index) =>
      `count(*) FILTER (WHERE ${subjectCondition(
        snapshot.schema.filter((field) => field.name === column.name),
        [identifier],
      )}) AS c${index}`,
  );
  const [row] = await readSnapshot(
    snapshot.id,
    (relation) =>
      `SELECT count(*) FILTER (WHERE ${condition}) AS n, ${single.join(', ')} FROM ${relation}`,
  );
  const hits = columns.filter((_, index) => Number(row?.[`c${index}`] ?? 0) > 0);
  return { rows: Number(row?.n ?? 0), columns: hits.map((column) => column.name) };
}

/**
 * Looks for the person in every product with personal data, in every environment and every snapshot that is
 * kept, and in products that are derived from those. May be repeated.
 */
export async function searchSubject(requestId: string): Promise<void> {
  const request = await db().privacyRequest.findUniqueOrThrow({ where: { id: requestId } });
  if (request.status !== 'searching' || !request.sealedSubject) return;
  const identifier = await openSubject(request.sealedSubject);
  const all = await places();
  const held = await holdsOn([...new Set(all.map((place) => place.productId))]);
  const findings = new Map<string, Parameters<typeof keep>[1]>();
  for (const { productId, environment, snapshots } of all) {
    let rows = 0;
    const columns = new Set<string>();
    for (const [index, snapshot] of snapshots.entries()) {
      const found = await countIn(snapshot, identifier);
      // The rows that count are those of the newest snapshot that knows the person.
      if (index === 0 || rows === 0) rows = found.rows;
      for (const column of found.columns) columns.add(column);
    }
    if (columns.size === 0) continue;
    findings.set(`${productId}/${environment}`, {
      productId,
      environment,
      columns: [...columns],
      rowCount: BigInt(rows),
      status: held.has(productId) ? 'held' : 'found',
      via: 'declared',
    });
  }
  for (const one of await derived([...findings.values()])) {
    const key = `${one.productId}/${one.environment}`;
    if (!findings.has(key)) findings.set(key, one);
  }
  await transact(async (tx) => {
    const { count } = await tx.privacyRequest.updateMany({
      where: { id: requestId, status: 'searching' },
      data: { status: 'review', rev: { increment: 1 }, error: null },
    });
    if (count === 0) return;
    await tx.privacyFinding.deleteMany({ where: { requestId } });
    await keep(requestId, ...findings.values()).reduce(
      (before, data) => before.then(() => tx.privacyFinding.create({ data }).then(() => undefined)),
      Promise.resolve(),
    );
    await notify(tx, 'portolan_run', requestId);
  });
}

interface Found {
  productId: string;
  environment: string;
  columns: string[];
  rowCount: bigint;
  status: string;
  via: string;
}

function keep(requestId: string, ...findings: Found[]) {
  return findings.map((finding) => ({ id: newId(), requestId, ...finding }));
}

/** Products that read those, directly or through others: their rows may be made from the person's. */
async function derived(findings: readonly Found[]): Promise<Found[]> {
  const start = [...new Set(findings.map((one) => one.productId))];
  const seen = new Set(start);
  const result: Found[] = [];
  for (let level = start; level.length > 0; ) {
    const edges = await db().productInput.findMany({
      where: { sourceId: { in: level } },
      select: { productId: true, product: { select: { status: true } } },
    });
    level = [
      ...new Set(edges.filter((one) => !seen.has(one.productId)).map((one) => one.productId)),
    ];
    for (const productId of level) {
      seen.add(productId);
      const live = await db().productEnvironment.findMany({
        where: { productId, status: 'live' },
        select: { environment: true },
      });
      for (const { environment } of live) {
        const base = { productId, environment, columns: [], rowCount: 0n };
        result.push({ ...base, status: 'found', via: 'lineage' });
      }
    }
  }
  return result;
}
