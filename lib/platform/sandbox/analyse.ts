import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { AppError } from '@/lib/core/errors';

/** Functions that make rows from nothing but their arguments. */
const TABLE_FUNCTIONS = new Set([
  'range',
  'generate_series',
  'unnest',
  'repeat',
  'json_each',
  'json_tree',
]);
/** Functions that look at the engine, the machine or files instead of at the data. */
const REFUSED_FUNCTION =
  /^(?:(?:duckdb|pragma|pg|read|parquet|write|sniff|has|enable|disable|force|icu)_.*|getenv|glob|query|query_table|getvariable|current_setting|current_query|set_config|nextval|currval|json_serialize_plan|json_execute_serialized_sql|in_search_path|txid_current|version|current_database|current_schemas?|current_user|user|session_user|sleep.*)$/;
const HARMLESS_FUNCTIONS = new Set(['pg_typeof']);

export type SyntaxNode = Record<string, unknown>;
/** A table that a statement names, outside of its own CTEs. */
export interface TableRef {
  catalog: string;
  schema: string;
  table: string;
  node: SyntaxNode;
}
interface Found {
  sql: string;
  /** Lets a table be read, or throws. */
  accept: (table: TableRef) => void;
}

/**
 * Reads DuckDB's own syntax tree of the statement: it has to be one SELECT that names nothing but the inputs, its own
 * CTEs and functions that only compute.
 * @param inputNames a name with a dot is a table of a schema
 * @returns the inputs that it reads, as they are named by the caller, and the root of the tree
 * @throws AppError invalid with `details.line` where known
 */
export async function analyseSelect(
  connection: DuckDBConnection,
  sql: string,
  inputNames: readonly string[],
): Promise<{ inputs: string[]; tree: SyntaxNode }> {
  const allowed = new Map(inputNames.map((name) => [name.toLowerCase(), name]));
  const inputs = new Set<string>();
  const tree = await parseSelect(connection, sql, ({ catalog, schema, table, node }) => {
    const name = [catalog, schema, table].filter(Boolean).join('.');
    const input = catalog ? undefined : allowed.get(name.toLowerCase());
    if (input) {
      inputs.add(input);
      return;
    }
    const names = [...allowed.values()].map((each) => `"${each}"`).join(', ');
    const known = names ? `The inputs are ${names}.` : 'There are no inputs.';
    throw refusal(`"${name}" is not an input. ${known}`, placeOf(sql, node));
  });
  const statements = await connection.extractStatements(sql);
  const prepared = await statements.prepare(0);
  try {
    if (prepared.statementType !== StatementType.SELECT) {
      throw refusal('Only a SELECT statement is allowed here.');
    }
    if (prepared.parameterCount > 0) {
      throw refusal('The SQL has parameters ($1 or ?), and nothing fills them. Write the values.');
    }
  } finally {
    prepared.destroySync();
  }
  return { inputs: [...inputs].sort(), tree };
}

/** Names of the functions that make one value of many rows. */
export async function aggregatesOf(connection: DuckDBConnection): Promise<string[]> {
  const result = await connection.run(
    "select distinct function_name from duckdb_functions() where function_type = 'aggregate'",
  );
  return (await result.getRows()).map(([name]) => String(name));
}

/**
 * The syntax tree of one SELECT whose functions only compute; each table outside of its CTEs is shown to `accept`.
 * Nothing is bound or run.
 */
export async function parseSelect(
  connection: DuckDBConnection,
  sql: string,
  accept: Found['accept'],
): Promise<SyntaxNode> {
  if (sql.trim() === '') throw refusal('The SQL is empty. Write one SELECT statement.');
  if (sql.includes('\0')) throw refusal('The SQL contains a NUL character. Remove it.');
  const statements = await connection.extractStatements(sql).catch((error: Error) => {
    // DuckDB's words for a text of nothing but comments and semicolons.
    if (error.message !== 'Error in native callback') throw error;
    throw refusal('The SQL holds no statement. Write one SELECT statement.');
  });
  if (statements.count !== 1) {
    throw refusal(
      `Exactly one SELECT statement is allowed, and this is ${statements.count}. Keep one; a PIVOT needs its values listed with IN (…).`,
    );
  }
  const result = await connection.run('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const tree = JSON.parse(String((await result.getRows())[0]?.[0])) as {
    error: boolean;
    statements?: { node: SyntaxNode }[];
  };
  const root = tree.statements?.[0];
  if (tree.error || !root) {
    throw refusal(
      'Only a SELECT statement is allowed here: nothing that writes, loads, attaches or sets.',
    );
  }
  visit(root.node, new Set(), { sql, accept });
  return root.node;
}

function visit(value: unknown, scope: ReadonlySet<string>, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, scope, found);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const node = value as SyntaxNode;
  if (node.type === 'BASE_TABLE' && typeof node.table_name === 'string')
    checkTable(node, scope, found);
  if (node.type === 'SHOW_REF')
    throw refusal('SHOW, DESCRIBE and SUMMARIZE are not allowed here. Write a SELECT.');
  if (typeof node.function_name === 'string') checkFunction(node, found);
  if (node.type === 'TABLE_FUNCTION') checkTableFunction(node, found);
  const inner = visitCtes(node, scope, found);
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'cte_map') visit(child, inner, found);
  }
}

/** A CTE sees those before it, and itself only when it is recursive. */
function visitCtes(
  node: SyntaxNode,
  outer: ReadonlySet<string>,
  found: Found,
): ReadonlySet<string> {
  const entries =
    (node.cte_map as { map?: { key: string; value: SyntaxNode }[] } | undefined)?.map ?? [];
  if (entries.length === 0) return outer;
  const scope = new Set(outer);
  for (const { key, value } of entries) {
    const name = key.toLowerCase();
    const isRecursive = JSON.stringify(value).includes('"type":"RECURSIVE_CTE_NODE"');
    visit(value, isRecursive ? new Set([...scope, name]) : scope, found);
    scope.add(name);
  }
  return scope;
}

function checkTable(node: SyntaxNode, scope: ReadonlySet<string>, found: Found): void {
  const table = String(node.table_name);
  const schema = String(node.schema_name ?? '');
  const isBare = schema === '' || schema.toLowerCase() === 'recurring';
  if (isBare && scope.has(table.toLowerCase())) return;
  found.accept({ catalog: String(node.catalog_name ?? ''), schema, table, node });
}

function checkFunction(node: SyntaxNode, found: Found): void {
  const name = String(node.function_name).toLowerCase();
  if (HARMLESS_FUNCTIONS.has(name) || !REFUSED_FUNCTION.test(name)) return;
  throw refusal(
    `The function ${name} is not allowed: it looks at the engine or at files, not at the inputs. Remove it.`,
    placeOf(found.sql, node),
  );
}

function checkTableFunction(node: SyntaxNode, found: Found): void {
  const name = String((node.function as SyntaxNode | undefined)?.function_name ?? '').toLowerCase();
  if (TABLE_FUNCTIONS.has(name)) return;
  throw refusal(
    `The table function ${name || '(unnamed)'} is not allowed. Read from an input instead.`,
    placeOf(found.sql, node),
  );
}

/** Where a piece of the statement stands, from 1. DuckDB counts in bytes. */
export function placeAt(sql: string, at: unknown): { line: number; column: number } | undefined {
  const offset = Number(at);
  const bytes = Buffer.from(sql);
  if (!Number.isSafeInteger(offset) || offset < 0 || offset > bytes.length) return undefined;
  const before = bytes.subarray(0, offset).toString().split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export const placeOf = (sql: string, node: SyntaxNode) => placeAt(sql, node.query_location);

export function refusal(message: string, place?: { line: number; column?: number }): AppError {
  if (!place) return new AppError('invalid', message);
  return new AppError('invalid', `Line ${place.line}: ${message}`, { ...place });
}
