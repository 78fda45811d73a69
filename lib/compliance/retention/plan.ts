import { db, now } from '@/lib/core';
import { effectivePolicy, holdsOn, refLabel, retentionOf } from '@/lib/governance';
import { type FileProof, QUARANTINE, readSnapshot } from '@/lib/platform';
import { parseDuration, quoteIdent, quoteLiteral, type SchemaField, shiftDate } from '@/lib/specs';

/** Types of columns that can say how old a row is. */
const TIME_TYPES = new Set(['date', 'timestamp']);

export interface DoomedSnapshot {
  id: string;
  isServed: boolean;
  /** Rows in quarantine that are written anew without the old ones; otherwise what is not served is destroyed. */
  isSideFile?: boolean;
  /** How many of its rows are too old. */
  rows: number;
  files: FileProof[];
}
export interface RetentionPlan {
  productId: string;
  environment: string;
  /** `global-data-governance/v1` and the length it says. */
  policy: string;
  retention: string;
  /** By a column of each row, or by the day on which a snapshot was loaded. */
  mode: 'rows' | 'snapshots';
  column: string | null;
  /** Older than this is deleted. */
  cutoff: Date;
  rowsServed: number;
  doomed: DoomedSnapshot[];
  /** Columns that could say how old a row is. */
  timeColumns: string[];
  isHeld: boolean;
}

export const timeColumnsOf = (schema: readonly SchemaField[]): string[] =>
  schema.filter((field) => TIME_TYPES.has(field.type)).map((field) => field.name);

/** True for rows that are older than the cutoff; rows without a time are kept. */
export const tooOld = (column: string, cutoff: Date): string =>
  `${quoteIdent(column)} < TIMESTAMPTZ ${quoteLiteral(cutoff.toISOString()).trim()}`;

/**
 * What retention would delete of a product now. Null when no policy says how long it is kept, or nothing is
 * served.
 */
export async function planRetention(
  productId: string,
  environment: string,
): Promise<RetentionPlan | null> {
  const [product, served, chosen, snapshots, held] = await Promise.all([
    db().product.findUnique({
      where: { id: productId },
      select: { classification: true, domain: { select: { name: true } } },
    }),
    db().productEnvironment.findUnique({
      where: { productId_environment: { productId, environment } },
    }),
    db().retentionColumn.findUnique({ where: { productId } }),
    db().snapshot.findMany({
      where: { productId, environment: { in: [environment, QUARANTINE] }, status: 'ready' },
      include: { files: true },
    }),
    holdsOn([productId]),
  ]);
  const current = snapshots.find((one) => one.id === served?.snapshotId);
  if (!product || !current) return null;
  const kept = await keptFor(product.domain.name, product.classification);
  if (!kept) return null;
  const { cutoff } = kept;
  const timeColumns = timeColumnsOf(current.schema as unknown as SchemaField[]);
  const column = chosen && timeColumns.includes(chosen.column) ? chosen.column : null;
  const doomed: DoomedSnapshot[] = [];
  for (const { id, schema, rowCount, createdAt, files, environment: place } of snapshots) {
    const hasColumn =
      column !== null && timeColumnsOf(schema as unknown as SchemaField[]).includes(column);
    const isOld = createdAt < cutoff;
    const rows = hasColumn ? await countOld(id, column, cutoff) : isOld ? Number(rowCount) : 0;
    // An empty snapshot that is served has nothing left to delete.
    if (rows === 0 && (hasColumn || !isOld || id === current.id)) continue;
    doomed.push({
      id,
      isServed: id === current.id,
      ...(place === QUARANTINE && hasColumn && rows < Number(rowCount) && { isSideFile: true }),
      rows,
      files: files.map((file) => ({
        path: file.path,
        sha256: file.sha256,
        isKeyDestroyed: file.wrappedKey !== null,
      })),
    });
  }
  return {
    productId,
    environment,
    ...kept,
    mode: column ? 'rows' : 'snapshots',
    column,
    rowsServed: Number(current.rowCount),
    doomed,
    timeColumns,
    isHeld: held.has(productId),
  };
}

/** How long data of this kind is kept in this domain, who says so, and the day that follows from it. */
export async function keptFor(domain: string, classification: string) {
  const sourced = retentionOf(await effectivePolicy(domain), classification);
  const duration = sourced && parseDuration(sourced.value);
  if (!sourced || !duration) return null;
  return {
    policy: refLabel(sourced.from),
    retention: String(sourced.value),
    cutoff: shiftDate(now(), duration, -1),
  };
}

async function countOld(snapshotId: string, column: string, cutoff: Date): Promise<number> {
  const [row] = await readSnapshot(
    snapshotId,
    (relation) => `SELECT count(*) FILTER (WHERE ${tooOld(column, cutoff)}) AS n FROM ${relation}`,
  );
  return Number(row?.n ?? 0);
}
