import { type Deps, gap, made, NONE, union } from './deps';

/** A node of DuckDB's syntax tree, as `json_serialize_sql` prints it. */
export type Node = Record<string, unknown>;

export interface Column {
  /** Null for an expression that DuckDB names itself. */
  name: string | null;
  deps: Deps;
}
export interface Relation {
  columns: readonly Column[];
  /** What decides which rows there are. */
  rows: Deps;
  /** Set where its columns' names cannot be told: any name may be one of it. */
  open?: Deps;
}
interface Source {
  alias: string;
  columns: readonly Column[];
  open?: Deps;
}
/** What a FROM clause offers. */
export interface Offer {
  sources: readonly Source[];
  /** As a star lists them: what USING merges is there once. */
  visible: readonly Column[];
  rows: Deps;
}
export interface Facts {
  /** Names of the statement's inputs, in lower case, with their columns. */
  inputs: ReadonlyMap<string, { name: string; columns: readonly string[] }>;
  aggregates: ReadonlySet<string>;
}
export interface Scope {
  facts: Facts;
  offer: Offer;
  ctes: ReadonlyMap<string, Relation>;
  /** Items of the select list before this one, by their names. */
  aliases: ReadonlyMap<string, Deps>;
  outer?: Scope;
  /** What a star of COLUMNS within an expression stands for now. */
  star?: Deps;
  /** Handed on, so that expressions can hold queries. */
  query: (node: Node, scope: Scope) => Relation;
}

export const NO_OFFER: Offer = { sources: [], visible: [], rows: NONE };
export const lower = (name: string | null): string => (name ?? '').toLowerCase();
export const nodesOf = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const named = (columns: readonly Column[], name: string): Column[] =>
  columns.filter((column) => column.name !== null && lower(column.name) === lower(name));

/** A query within another has each name once: DuckDB counts repeats as `a`, `a_1`, `a_2`. */
export function distinctNames(columns: readonly Column[]): Column[] {
  const counts = new Map<string, number>();
  return columns.map((column) => {
    if (column.name === null) return column;
    let { name } = column;
    while (counts.has(lower(name))) {
      const count = (counts.get(lower(column.name)) ?? 0) + 1;
      counts.set(lower(column.name), count);
      name = `${column.name}_${count}`;
    }
    counts.set(lower(name), 0);
    return { ...column, name };
  });
}

/** An offer of one relation under a name. */
export function offerOf(alias: string, { columns, rows, open }: Relation): Offer {
  return { sources: [{ alias, columns, ...(open && { open }) }], visible: columns, rows };
}

/** What a name such as `a`, `t.a`, `s.member` or `t.s.member` stands for. */
export function resolve(names: readonly string[], scope: Scope, aliasFirst = false): Deps {
  const found = lookUp(names, scope, aliasFirst);
  return found ?? gap(`"${names.join('.')}" could not be traced to a column.`);
}

function lookUp(names: readonly string[], scope: Scope, aliasFirst: boolean): Deps | null {
  const [first = '', ...rest] = names;
  const alias = scope.aliases.get(lower(first));
  if (aliasFirst && alias && rest.length === 0) return alias;
  return (
    qualified(names, scope.offer) ??
    plain(first, rest, scope.offer) ??
    (alias ? member(alias, rest) : null) ??
    wholeRow(first, rest, scope.offer) ??
    open(scope.offer) ??
    (scope.outer ? lookUp(names, scope.outer, false) : null)
  );
}

/** A member of a struct is made of it. */
const member = (deps: Deps, path: readonly string[]) =>
  path.length > 0 ? made('transformation', deps) : deps;

function qualified(names: readonly string[], { sources }: Offer): Deps | null {
  const [alias = '', column, ...path] = names;
  if (column === undefined) return null;
  const source = sources.find((one) => lower(one.alias) === lower(alias));
  if (!source) return null;
  const [found, second] = named(source.columns, column);
  if (found && !second) return member(found.deps, path);
  return source.open ? made('transformation', source.open) : null;
}

function plain(name: string, path: readonly string[], { visible }: Offer): Deps | null {
  const [found, second] = named(visible, name);
  return found && !second ? member(found.deps, path) : null;
}

/** `select t from t`: a struct of all columns. */
function wholeRow(name: string, path: readonly string[], { sources }: Offer): Deps | null {
  const source = sources.find((one) => lower(one.alias) === lower(name));
  if (!source || path.length > 0) return null;
  const whole = union([...source.columns.map(({ deps }) => deps), source.open ?? NONE]);
  return made('transformation', whole);
}

function open({ sources }: Offer): Deps | null {
  const wide = sources.flatMap((source) => source.open ?? []);
  return wide.length === 1 ? made('transformation', wide[0]!) : null;
}
