import { type Deps, decides, made, NONE, union } from './deps';
import { expression, ordered } from './expression';
import { from } from './from';
import {
  type Column,
  distinctNames,
  isNode,
  lower,
  NO_OFFER,
  type Node,
  nodesOf,
  type Relation,
  type Scope,
} from './scope';
import { repeated, star } from './star';

/** More rounds than a recursive query's dependencies take to settle. */
const MAX_ROUNDS = 50;

/** The columns that a query gives and what decides over its rows. */
export function query(node: Node, outer: Scope): Relation {
  const scope = withCtes(node, outer);
  switch (node.type) {
    case 'SELECT_NODE':
      return select(node, scope);
    case 'SET_OPERATION_NODE':
      return modified(node, combined(node, scope), scope);
    case 'RECURSIVE_CTE_NODE':
      return recursive(node, scope);
    default:
      return {
        columns: [],
        rows: NONE,
        open: {
          found: NONE.found,
          gaps: new Set([`A query of the kind ${String(node.type)} could not be traced.`]),
        },
      };
  }
}

/** A CTE sees those before it. */
function withCtes(node: Node, scope: Scope): Scope {
  const entries = nodesOf((node.cte_map as Node | undefined)?.map) as unknown as {
    key: string;
    value: { query: { node: Node }; aliases?: string[] };
  }[];
  if (entries.length === 0) return scope;
  const ctes = new Map(scope.ctes);
  for (const { key, value } of entries) {
    const made = query(value.query.node, { ...scope, ctes: new Map(ctes) });
    ctes.set(lower(key), withNames(made, value.aliases));
  }
  return { ...scope, ctes };
}

const withNames = (relation: Relation, names: readonly string[] = []): Relation => ({
  ...relation,
  columns: distinctNames(
    relation.columns.map((column, at) => ({ ...column, name: names[at] ?? column.name })),
  ),
});

function select(node: Node, outer: Scope): Relation {
  const scope = inside(outer, from(node.from_table, inside(outer)));
  const items = itemsOf(nodesOf(node.select_list), scope);
  const aliases = aliasesOf(items);
  const full = { ...scope, aliases };
  const value = (one: unknown) => (isNode(one) ? expression(one, full) : NONE);
  const groups = nodesOf(node.group_expressions).map((one) => ordinal(one, items) ?? value(one));
  // GROUP BY ALL: by whatever holds no aggregate.
  const byAll = node.aggregate_handling === 'FORCE_AGGREGATES' ? items : [];
  const grouped = byAll.filter(({ isAggregate }) => !isAggregate).map(({ deps }) => deps);
  const rows = union([
    scope.offer.rows,
    decides('join', union(unnested(node.select_list).map(value))),
    decides('filter', union([node.where_clause, node.having, node.qualify].map(value))),
    decides('group_by', union([...groups, ...grouped])),
  ]);
  return modified(node, { columns: items, rows }, full);
}

/** UNNEST makes rows of a list wherever it stands. */
function unnested(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(unnested);
  if (!isNode(value) || value.class === 'SUBQUERY') return [];
  if (value.function_name === 'unnest') return [value];
  return Object.values(value).flatMap(unnested);
}

const inside = (outer: Scope, offer = NO_OFFER): Scope => ({
  ...{ facts: outer.facts, ctes: outer.ctes, query: outer.query },
  ...{ offer, aliases: new Map(), outer },
});

interface Item extends Column {
  isAggregate: boolean;
}

/** Whether an aggregate stands in it that is not one of a window or a query of its own. */
function aggregates(value: unknown, scope: Scope): boolean {
  if (Array.isArray(value)) return value.some((one) => aggregates(one, scope));
  if (!isNode(value) || value.class === 'SUBQUERY') return false;
  const isOne =
    value.class === 'FUNCTION' && scope.facts.aggregates.has(lower(String(value.function_name)));
  const inner = value.class === 'WINDOW' ? value.children : Object.values(value);
  return isOne || aggregates(inner, scope);
}

/** The select list, item by item: each may use the names of those before it. */
function itemsOf(list: readonly Node[], scope: Scope): Item[] {
  const items: Item[] = [];
  for (const node of list) {
    const seen = { ...scope, aliases: aliasesOf(items) };
    const made =
      node.class === 'STAR' ? star(node, seen) : (repeated(node, seen) ?? [itemOf(node, seen)]);
    const isAggregate = aggregates(node, scope);
    items.push(...made.map((column) => ({ ...column, isAggregate })));
  }
  return items;
}

function itemOf(node: Node, scope: Scope): Column {
  const names = node.class === 'COLUMN_REF' ? (node.column_names as string[]) : [];
  return { name: String(node.alias || names.at(-1) || '') || null, deps: expression(node, scope) };
}

const aliasesOf = (items: readonly Column[]) =>
  new Map(items.flatMap(({ name, deps }) => (name === null ? [] : [[lower(name), deps] as const])));

/** `order by 2` and `group by 1` mean an item of the select list. */
function ordinal(node: Node, items: readonly Column[]): Deps | null {
  if (node.class !== 'CONSTANT') return null;
  return items[Number((node.value as Node | undefined)?.value) - 1]?.deps ?? NONE;
}

/** DISTINCT, ORDER BY and LIMIT. */
function modified(node: Node, relation: Relation, scope: Scope): Relation {
  const { columns } = relation;
  const every = union(columns.map(({ deps }) => deps));
  const full = { ...scope, aliases: new Map([...scope.aliases, ...aliasesOf(columns)]) };
  const value = (one: unknown): Deps => {
    if (!isNode(one)) return NONE;
    if (one.class === 'STAR') return every;
    return ordinal(one, columns) ?? expression(one, full, true);
  };
  const parts = nodesOf(node.modifiers).map((modifier) => {
    switch (modifier.type) {
      case 'DISTINCT_MODIFIER': {
        const on = nodesOf(modifier.distinct_on_targets);
        return decides('group_by', on.length > 0 ? union(on.map(value)) : every);
      }
      case 'ORDER_MODIFIER':
        return decides('sort', ordered(modifier.orders, value));
      default:
        return decides(
          'filter',
          union(
            [modifier.limit, modifier.offset].map((one) =>
              isNode(one) ? expression(one, full) : NONE,
            ),
          ),
        );
    }
  });
  return { ...relation, rows: union([relation.rows, ...parts]) };
}

function combined(node: Node, scope: Scope): Relation {
  const left = query(node.left as Node, scope);
  const right = query(node.right as Node, scope);
  const type = String(node.setop_type);
  const open = left.open ?? right.open;
  const every = union([...left.columns, ...right.columns].map(({ deps }) => deps));
  const compares = type === 'EXCEPT' || type === 'INTERSECT';
  const rows = union([
    ...[left.rows, right.rows],
    compares ? decides('filter', every) : node.setop_all ? NONE : decides('group_by', every),
  ]);
  const columns = compares ? left.columns : stacked(left, right, type === 'UNION_BY_NAME');
  return { columns, rows, ...(open && { open }) };
}

/** A column of a union is made of one of each side: of the same place, or of the same name. */
function stacked(left: Relation, right: Relation, byName: boolean): Column[] {
  const partner = (column: Column, at: number) =>
    byName
      ? right.columns.find(({ name }) => lower(name) === lower(column.name))
      : right.columns[at];
  const first = left.columns.map((column, at) => ({
    ...column,
    deps: union([column.deps, partner(column, at)?.deps ?? NONE]),
  }));
  if (!byName) return first;
  const names = new Set(left.columns.map(({ name }) => lower(name)));
  return [...first, ...right.columns.filter(({ name }) => !names.has(lower(name)))];
}

/** Its own rows go in again until nothing is added. */
function recursive(node: Node, scope: Scope): Relation {
  const name = lower(String(node.cte_name));
  let relation = withNames(query(node.left as Node, scope), node.aliases as string[] | undefined);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = query(node.right as Node, {
      ...scope,
      ctes: new Map([...scope.ctes, [name, relation]]),
    });
    const columns = relation.columns.map((column, at) => ({
      ...column,
      deps: union([column.deps, made('transformation', next.columns[at]?.deps ?? NONE)]),
    }));
    const rows = union([
      relation.rows,
      next.rows,
      ...nodesOf(node.key_targets).map(() =>
        decides('group_by', union(columns.map(({ deps }) => deps))),
      ),
    ]);
    const grown = sizeOf({ columns, rows }) > sizeOf(relation);
    relation = { ...relation, columns, rows };
    if (!grown)
      return node.union_all
        ? relation
        : {
            ...relation,
            rows: union([rows, decides('group_by', union(columns.map(({ deps }) => deps)))]),
          };
  }
  return relation;
}

const sizeOf = ({ columns, rows }: Relation) =>
  [rows, ...columns.map(({ deps }) => deps)].reduce(
    (sum, { found, gaps }) => sum + found.size + gaps.size,
    0,
  );
