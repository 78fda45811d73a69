import { type Deps, isDirect, NONE, union } from './deps';
import { query } from './query';
import { lower, NO_OFFER, type Node, type Relation, type Scope } from './scope';

export type { Dep, How } from './deps';
export { DIRECT, INDIRECT, isDirect } from './deps';

/** A statement as DuckDB reads it. */
export interface ParsedSql {
  /** The root of `json_serialize_sql`. */
  tree: unknown;
  /** The columns that it gives, as DuckDB names them. */
  columns: readonly string[];
  /** Names of aggregate functions. */
  aggregates: readonly string[];
}
export interface TracedColumn {
  name: string;
  deps: Deps;
}
export interface TracedSql {
  columns: TracedColumn[];
  /** What decides which rows there are. */
  rows: Deps;
}

/**
 * Which columns of its inputs each column of a SELECT is made of, by its syntax tree. What cannot be told is a gap of
 * that column, in words. Pure.
 */
export function traceSql(
  { tree, columns, aggregates }: ParsedSql,
  inputs: readonly { name: string; columns: readonly string[] }[],
): TracedSql {
  const scope: Scope = {
    facts: {
      inputs: new Map(inputs.map((input) => [lower(input.name), input])),
      aggregates: new Set(aggregates),
    },
    ...{ offer: NO_OFFER, ctes: new Map(), aliases: new Map(), query },
  };
  const relation = query(tree as Node, scope);
  return {
    columns: columns.map((name, at) => columnAt(relation, columns.length, name, at)),
    rows: conditions(relation.rows),
  };
}

/** By place where the counts agree, for DuckDB names expressions itself; else by name. */
function columnAt(
  { columns, open }: Relation,
  count: number,
  name: string,
  at: number,
): TracedColumn {
  const byPlace = columns.length === count ? columns[at] : undefined;
  const found = byPlace ?? columns.find((column) => lower(column.name) === lower(name));
  if (found && (found.name === null || lower(found.name) === lower(name)))
    return { name, deps: found.deps };
  const gaps = union([...columns.map(({ deps }) => deps), open ?? NONE]).gaps;
  return {
    name,
    deps: {
      found: NONE.found,
      gaps: gaps.size > 0 ? gaps : new Set([`"${name}" could not be traced.`]),
    },
  };
}

const conditions = ({ found, gaps }: Deps): Deps => ({
  found: new Map([...found].filter(([, { how }]) => !isDirect(how))),
  gaps,
});
