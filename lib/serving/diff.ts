import { type Ctx, invalid } from '@/lib/core';
import { quoteIdent, type SchemaField } from '@/lib/specs';
import { jsonRow } from './columns-sql';
import type { Statement } from './compile';
import { decideRead, findProduct, narrowedTo, requireReader } from './decide-read';
import { readRow, readTexts } from './execute';
import { gates } from './gate';
import { type OpenedSnapshot, openSnapshot } from './relation';
import { requireLive, type ServedProduct, type ServedSnapshot } from './resolve';
import { selectSnapshot } from './select-snapshot';
import { recordUsage } from './usage';

export interface DiffRow {
  kind: 'added' | 'removed' | 'changed';
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** How many such rows; more than one only where no key tells them apart. */
  times: number;
}
export interface SnapshotDiff {
  from: ServedSnapshot;
  to: ServedSnapshot;
  /** What tells rows apart; empty when whole rows are counted. */
  key: string[];
  columns: { added: string[]; removed: string[]; retyped: string[] };
  counts: { added: number; removed: number; changed: number };
  rows: DiffRow[];
  next: number | null;
}

const PAGE = 50;
const MAX_OFFSET = 10_000;
const MAX_CHARACTERS = 8 * 1024 * 1024;
const LIMIT_MS = 30_000;

/**
 * What changed between two snapshots, row by row: by the contract's key where there is one, else by how often each
 * whole row stands there. Decided and written down as a read.
 * @param request `from` and `to` as `asOf` has them; 'staging' is what waits for its promotion
 * @throws AppError as a read of rows
 */
export async function diffSnapshots(
  ctx: Ctx,
  request: {
    domain: string;
    product: string;
    from: string;
    to: string;
    offset?: number;
    signal: AbortSignal;
  },
): Promise<SnapshotDiff> {
  const startedAt = performance.now();
  requireReader(ctx);
  const product = await findProduct(ctx, request.domain, request.product);
  requireLive(product);
  const isStaged = [request.from, request.to].includes('staging');
  const { id: decisionId, terms } = await decideRead(
    ctx,
    product,
    isStaged ? 'staging' : 'production',
  );
  const before = await narrowedTo(await at(product, request.from), terms);
  const after = await narrowedTo(await at(product, request.to), terms);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(LIMIT_MS)]);
  const diff = await compare(before, after, Math.min(request.offset ?? 0, MAX_OFFSET), signal);
  const { id: productId } = product;
  recordUsage(ctx, {
    ...{ productId, shape: 'rows', format: 'json', status: 200, decisionId, sizeBytes: 0 },
    rowCount: diff.rows.length,
    latencyMs: performance.now() - startedAt,
  });
  return diff;
}

const at = (product: ServedProduct, asOf: string): Promise<ServedProduct> =>
  selectSnapshot(
    product,
    asOf === 'staging'
      ? { environment: 'staging', asOf: null, page: null }
      : { environment: 'production', asOf, page: null },
  );

function columnsOf(before: ServedProduct, after: ServedProduct) {
  const old = before.columns;
  const shape = (field: SchemaField | undefined) => {
    if (!field) return '';
    const { type, precision, scale, timezone, items, fields } = field;
    return JSON.stringify([type, precision, scale, timezone, items, fields]);
  };
  const both = [...after.columns.values()].filter((field) => old.has(field.name));
  const shared = both.filter((field) => shape(field) === shape(old.get(field.name)));
  const names = (fields: Iterable<SchemaField>) => [...fields].map((field) => field.name);
  return {
    shared,
    key: shared.filter((field) => field.primaryKey),
    isKeyWhole: [...after.columns.values()].every(
      (field) => !field.primaryKey || shared.includes(field),
    ),
    changes: {
      added: names(after.columns.values()).filter((name) => !old.has(name)),
      removed: names(old.values()).filter((name) => !after.columns.has(name)),
      retyped: names(both.filter((field) => !shared.includes(field))),
    },
  };
}

async function compare(
  before: ServedProduct,
  after: ServedProduct,
  offset: number,
  signal: AbortSignal,
): Promise<SnapshotDiff> {
  const { shared, key, isKeyWhole, changes } = columnsOf(before, after);
  if (shared.length === 0) throw invalid('The two snapshots have no column in common to compare.');
  const keys = isKeyWhole ? key : [];
  const [from, to] = [before.snapshot!, after.snapshot!];
  const [a, b] = await Promise.all([
    openSnapshot(from, before.narrowed),
    openSnapshot(to, after.narrowed),
  ]);
  const both: OpenedSnapshot = { ...b, files: [...a.files, ...b.files] };
  const differing = differingSql(shared, keys, a.relation, b.relation);
  const leave = await gates().scan.enter(signal);
  try {
    const counts = await readRow(both, countsOf(differing), signal);
    const batches = await readTexts(
      both,
      pageOf(shared, differing, offset),
      signal,
      MAX_CHARACTERS,
    );
    const rows = batches.flatMap((batch) => batch.texts).map((text) => JSON.parse(text) as DiffRow);
    const [added = 0, removed = 0, changed = 0] = (counts ?? []).map(Number);
    const next = offset + PAGE;
    return {
      ...{ from, to, columns: changes, rows, counts: { added, removed, changed } },
      key: keys.map((field) => field.name),
      next: rows.length === PAGE && next <= MAX_OFFSET ? next : null,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid('The rows that differ are too large to show. Read both snapshots with asOf.');
  } finally {
    leave();
  }
}

/** `kind`, `a` and `b` (the rows as structs) and `times` of every row that differs. */
function differingSql(
  shared: readonly SchemaField[],
  keys: readonly SchemaField[],
  before: string,
  after: string,
): string {
  const packed = shared.map(({ name }) => `${quoteIdent(name)} := ${quoteIdent(name)}`).join(', ');
  if (keys.length === 0) {
    const rows = (relation: string, sign: number) =>
      `SELECT struct_pack(${packed}) AS s, ${sign} AS n FROM ${relation}`;
    return `SELECT CASE WHEN sum(n) > 0 THEN 'added' ELSE 'removed' END AS kind,
        CASE WHEN sum(n) < 0 THEN s END AS a, CASE WHEN sum(n) > 0 THEN s END AS b, abs(sum(n)) AS times
      FROM (${rows(after, 1)} UNION ALL ${rows(before, -1)}) GROUP BY s HAVING sum(n) <> 0`;
  }
  const key = keys.map(({ name }) => `${quoteIdent(name)} := ${quoteIdent(name)}`).join(', ');
  const rows = (relation: string) =>
    `(SELECT struct_pack(${key}) AS k, struct_pack(${packed}) AS s FROM ${relation})`;
  return `SELECT CASE WHEN a.k IS NULL THEN 'added' WHEN b.k IS NULL THEN 'removed' ELSE 'changed' END AS kind,
      a.s AS a, b.s AS b, 1 AS times
    FROM ${rows(before)} a FULL OUTER JOIN ${rows(after)} b ON a.k = b.k
    WHERE a.s IS DISTINCT FROM b.s`;
}

const countsOf = (differing: string): Statement => ({
  sql: `SELECT coalesce(sum(times) FILTER (WHERE kind = 'added'), 0),
      coalesce(sum(times) FILTER (WHERE kind = 'removed'), 0),
      coalesce(sum(times) FILTER (WHERE kind = 'changed'), 0) FROM (${differing})`,
  values: [],
});

function pageOf(shared: readonly SchemaField[], differing: string, offset: number): Statement {
  const row = (side: string) =>
    `CASE WHEN ${side} IS NULL THEN NULL ELSE CAST(${jsonRow(shared, `${side}.`)} AS JSON) END`;
  return {
    sql: `SELECT CAST(to_json(struct_pack(kind := kind, before := ${row('a')}, after := ${row('b')}, times := times)) AS VARCHAR)
      FROM (${differing} ORDER BY kind, coalesce(b, a) LIMIT ${PAGE} OFFSET CAST($1 AS BIGINT))`,
    values: [String(offset)],
  };
}
