import { duckdbTypeOf, quoteIdent, type SchemaField } from '@/lib/specs';
import { csvRow, jsonRow } from './columns-sql';
import type { Condition, Filter, OrderKey, RowsQuery, TypedValue } from './types';

/** The column that numbers a snapshot's rows, from 0, across its files; never shown. */
export const ROW_NUMBER = '__portolan_row';
const ROW = quoteIdent(ROW_NUMBER);

export interface RowsFrom {
  /** What stands after FROM: the snapshot's columns and the row number. */
  relation: string;
  /** No row is left out: row numbers have no gaps. */
  isDense: boolean;
}

export interface Statement {
  sql: string;
  values: string[];
}

/** Where a page begins: after the row of this number, whose order keys are these (null for NULL). */
export interface PageStart {
  row: number;
  keys: (string | null)[];
}

class Binder {
  readonly values: string[] = [];

  bind({ text, sqlType }: TypedValue): string {
    this.values.push(text);
    return `CAST($${this.values.length} AS ${sqlType})`;
  }
}

/**
 * One statement for the request. The inner query picks, filters, sorts and cuts; only the rows that are
 * left are turned into text. Every value of the request is bound; names are the contract's, quoted.
 */
export function compileRows(
  query: RowsQuery,
  { relation, isDense }: RowsFrom,
  columns: ReadonlyMap<string, SchemaField>,
  start?: PageStart,
): Statement {
  const binder = new Binder();
  const isPaged = query.format === 'json';
  const where = [...query.filters.map((filter) => filterSql(filter, binder))];
  if (start) where.push(afterSql(query.order, start, columns, binder));
  const isPlain = query.filters.length === 0 && query.order.length === 0;
  if (isPaged && isPlain && isDense && query.limit !== null) {
    // Then the page is a range of row numbers: row groups outside of it are not even opened.
    const last = (start?.row ?? -1) + query.limit + 1;
    where.push(`${ROW} <= ${binder.bind({ text: String(last), sqlType: 'BIGINT' })}`);
  }
  const names = query.select.map((field) => quoteIdent(field.name));
  const order = orderSql(query.order, isPaged);
  // Sorting outside needs the keys; the outer list leaves them out again.
  const keys = query.order
    .map((key) => quoteIdent(key.column))
    .filter((key) => !names.includes(key));
  const inner = [
    `SELECT ${[...names, ...keys, ...(order ? [ROW] : [])].join(', ')} FROM ${relation}`,
    where.length > 0 ? `WHERE ${where.join(' AND ')}` : '',
    order ? `ORDER BY ${order}` : '',
    query.limit === null ? '' : `LIMIT ${isPaged ? query.limit + 1 : query.limit}`,
  ];
  const outer = outputSql(query, names);
  const sql = `SELECT ${outer} FROM (${inner.filter(Boolean).join(' ')})${order ? ` ORDER BY ${order}` : ''}`;
  return { sql, values: binder.values };
}

function outputSql(query: RowsQuery, names: string[]): string {
  if (query.format === 'parquet') return names.join(', ');
  if (query.format === 'csv') return csvRow(query.select, query.hasSafeCells);
  return query.format === 'json' ? `${jsonRow(query.select)}, ${ROW}` : jsonRow(query.select);
}

export function compileCount(query: RowsQuery, relation: string): Statement {
  const binder = new Binder();
  const where = query.filters.map((filter) => filterSql(filter, binder));
  const filter = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
  return { sql: `SELECT count(*) FROM ${relation}${filter}`, values: binder.values };
}

/** Reads the order keys of one row, as text that casts back to the same value. */
export function compileKeys(order: readonly OrderKey[], relation: string, row: number): Statement {
  const keys = order.map((key) => `CAST(${quoteIdent(key.column)} AS VARCHAR)`);
  return {
    sql: `SELECT ${keys.join(', ')} FROM ${relation} WHERE ${ROW} = CAST($1 AS BIGINT)`,
    values: [String(row)],
  };
}

/** The row number comes last: it is unique, so that no page repeats or skips a row among equals. */
function orderSql(order: readonly OrderKey[], isPaged: boolean): string {
  const keys = order.map(
    (key) =>
      `${quoteIdent(key.column)} ${key.isDescending ? 'DESC' : 'ASC'} NULLS ${key.isNullsFirst ? 'FIRST' : 'LAST'}`,
  );
  return isPaged || keys.length > 0 ? [...keys, ROW].join(', ') : '';
}

function filterSql(filter: Filter, binder: Binder): string {
  return `(${filter.any.map((condition) => conditionSql(condition, binder)).join(' OR ')})`;
}

const COMPARISON = {
  eq: '=',
  neq: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
  ilike: 'ILIKE',
} as const;

function conditionSql(condition: Condition, binder: Binder): string {
  const sql = plainConditionSql(condition, binder);
  return condition.isNegated ? `NOT (${sql})` : sql;
}

function plainConditionSql(condition: Condition, binder: Binder): string {
  const name = quoteIdent(condition.column);
  const values = condition.values.map((value) => binder.bind(value));
  switch (condition.operator) {
    case 'is':
      return condition.is === 'null'
        ? `${name} IS NULL`
        : `${name} IS NOT DISTINCT FROM ${condition.is}`;
    case 'in':
      return `${name} IN (${values.join(', ')})`;
    case 'between':
      return `${name} BETWEEN ${values[0]} AND ${values[1]}`;
    default:
      return `${name} ${COMPARISON[condition.operator]} ${values[0]}`;
  }
}

/** "Comes after the start in this order", column by column, ties broken by the row number. */
function afterSql(
  order: readonly OrderKey[],
  start: PageStart,
  columns: ReadonlyMap<string, SchemaField>,
  binder: Binder,
): string {
  let sql = `${ROW} > ${binder.bind({ text: String(start.row), sqlType: 'BIGINT' })}`;
  for (const [index, key] of [...order.entries()].reverse()) {
    const name = quoteIdent(key.column);
    const text = start.keys[index] ?? null;
    if (text === null) {
      const later = key.isNullsFirst ? `${name} IS NOT NULL OR ` : '';
      sql = `(${later}(${name} IS NULL AND ${sql}))`;
      continue;
    }
    const value = binder.bind({ text, sqlType: duckdbTypeOf(columns.get(key.column)!) });
    const nulls = key.isNullsFirst ? '' : ` OR ${name} IS NULL`;
    sql = `(${name} ${key.isDescending ? '<' : '>'} ${value}${nulls} OR (${name} = ${value} AND ${sql}))`;
  }
  return sql;
}
