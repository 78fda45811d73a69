import type { DuckDBConnection } from '@duckdb/node-api';
import { parseSelect, placeOf, refusal, type SyntaxNode } from '../analyse';
import type { ReadTable } from './protocol';

/** Nodes by which a statement takes columns that it does not name. */
const TAKES_ALL = new Set(['STAR', 'PIVOT']);

interface Named {
  columns: Set<string>;
  /** Words that stand for a table: its name and what it is called here. */
  tables: Set<string>;
  /** What stands before a dot: a table, or a column of which a member is taken. */
  before: Set<string>;
  isAll: boolean;
}

/**
 * The tables that a statement reads as `schema.table`, with the columns that it names. Which table a bare name
 * belongs to is not asked: one that two tables have counts for both.
 * @throws AppError invalid for a table without its schema, and for all that is no plain SELECT
 */
export async function tablesRead(connection: DuckDBConnection, sql: string): Promise<ReadTable[]> {
  const found = new Map<string, { schema: string; table: string; line?: number }>();
  const root = await parseSelect(connection, sql, ({ catalog, schema, table, node }) => {
    const place = placeOf(sql, node);
    if (catalog || !schema) {
      const name = [catalog, schema, table].filter(Boolean).join('.');
      throw refusal(
        `"${name}" is no data product. Products are written as domain.product; a name with a hyphen goes in double quotes, as in sales."customer-orders".`,
        place,
      );
    }
    found.set(`${schema}.${table}`.toLowerCase(), {
      ...{ schema: schema.toLowerCase(), table: table.toLowerCase() },
      ...(place && { line: place.line }),
    });
  });
  const none = () => new Set<string>();
  const named: Named = { columns: none(), tables: none(), before: none(), isAll: false };
  collect(root, named);
  // A row as a value: the table's name where a column's could stand.
  const isWhole = named.isAll || [...named.tables].some((table) => named.columns.has(table));
  const members = [...named.before].filter((name) => !named.tables.has(name));
  const columns = isWhole ? null : [...new Set([...named.columns, ...members])].sort();
  return [...found.values()].map((one) => ({ ...one, columns }));
}

function collect(value: unknown, named: Named): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, named);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const node = value as SyntaxNode;
  if (TAKES_ALL.has(String(node.type)) || node.ref_type === 'NATURAL') named.isAll = true;
  if (node.type === 'BASE_TABLE') {
    // Columns that are renamed by their place are named nowhere.
    if (Array.isArray(node.column_name_alias) && node.column_name_alias.length > 0)
      named.isAll = true;
    const alias = String(node.alias || node.table_name).toLowerCase();
    named.tables.add(alias);
  }
  if (node.type === 'COLUMN_REF') {
    const names = (node.column_names as string[]).map((name) => name.toLowerCase());
    for (const name of names.length > 1 ? names.slice(1) : names) named.columns.add(name);
    if (names.length > 1) named.before.add(names[0]!);
  }
  if (Array.isArray(node.using_columns)) {
    for (const name of node.using_columns) named.columns.add(String(name).toLowerCase());
  }
  for (const child of Object.values(node)) collect(child, named);
}
