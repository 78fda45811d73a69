import { db, keyedDigest } from '@/lib/core';
import { readableSnapshot } from '@/lib/platform';
import { limited, queryRows, scanSql } from '@/lib/platform/lake';
import { quoteIdent, type SchemaField, typeText } from '@/lib/specs';
import { HASHES, type SketchedColumn } from './similarity';

/** Raised when sketches are made in another way. */
export const SCHEME = 1;
const MOST_COLUMNS = 200;
/** So many columns are hashed; wide tables are told by their first ones. */
const MOST_HASHED = 30;
/** More than are kept, as the count of different values is an estimate. */
const DRAWN = 4 * HASHES;
/** A key has nearly as many different values as rows; of many they are estimated. */
const KEY = 0.85;

const KINDS: Partial<Record<SchemaField['type'], SketchedColumn['kind']>> = {
  ...{ string: 'text', integer: 'number', long: 'number', decimal: 'number' },
  ...{ double: 'number', float: 'number', date: 'time', timestamp: 'time' },
};
/** Values of different types that say the same are written the same. */
const WRITTEN: Record<'text' | 'number' | 'time', (column: string) => string> = {
  text: (column) => `lower(trim(${column}))`,
  number: (column) => `CAST(CAST(${column} AS DOUBLE) AS VARCHAR)`,
  time: (column) => `CAST(CAST(${column} AS TIMESTAMP) AS VARCHAR)`,
};

/** The columns of a product without their values. */
export async function columnsOf(
  productId: string,
  fields: readonly SchemaField[],
): Promise<SketchedColumn[]> {
  const links = await db().glossaryLink.findMany({
    where: { productId, column: { not: '' }, term: { deletedAt: null } },
    orderBy: { termId: 'asc' },
    select: { column: true, term: { select: { slug: true } } },
  });
  return fields.slice(0, MOST_COLUMNS).map((field) => ({
    ...{ name: field.name, type: typeText(field) },
    terms: links.flatMap(({ column, term }) => (column === field.name ? (term.slug ?? []) : [])),
    ...{ kind: null, hashes: [], isKey: false },
  }));
}

/**
 * Adds the smallest hashes of the values, by a key of this portal: they say whether two columns hold the same, and nothing
 * of what they hold. Columns of personal data are left out, and so are people who opted out.
 */
export async function withValues(
  snapshotId: string,
  fields: readonly SchemaField[],
  columns: readonly SketchedColumn[],
): Promise<SketchedColumn[]> {
  const hashed = fields
    .filter(
      ({ name, type, pii }) => !pii && KINDS[type] && columns.some((one) => one.name === name),
    )
    .slice(0, MOST_HASHED);
  if (hashed.length === 0) return [...columns];
  const { files, without } = await readableSnapshot(snapshotId, null);
  const rows = limited(scanSql(files), { without });
  const key = await keyedDigest('values', 'product-sketch');
  const written = hashed.map(({ name, type }) => WRITTEN[KINDS[type]!](quoteIdent(name)));
  const counts = written.map((one, at) => `approx_count_distinct(${one}) AS c${at}`);
  const sql = `SELECT count(*) AS "rows", ${counts.join(', ')} FROM ${rows}`;
  const [counted] = await queryRows(sql, [], { files });
  const shares = written.map((_, at) => DRAWN / Math.max(DRAWN, Number(counted?.[`c${at}`] ?? 0)));
  const drawn = written.map((one, at) => {
    const hash = `md5_number_lower(concat($1, ${one})) >> 1`;
    const bound = BigInt(Math.round(shares[at]! * 2 ** 53)) << 10n;
    return `list_sort(list(DISTINCT ${hash}) FILTER (WHERE ${one} IS NOT NULL AND ${hash} < ${bound}))::VARCHAR[] AS h${at}`;
  });
  const [found] = await queryRows(`SELECT ${drawn.join(', ')} FROM ${rows}`, [key], { files });
  return columns.map((column) => {
    const at = hashed.findIndex(({ name }) => name === column.name);
    if (at < 0) return column;
    const all = (found?.[`h${at}`] ?? []) as string[];
    const isKey = all.length / shares[at]! >= KEY * Number(counted?.rows ?? 0);
    return { ...column, kind: KINDS[hashed[at]!.type]!, hashes: all.slice(0, HASHES), isKey };
  });
}
