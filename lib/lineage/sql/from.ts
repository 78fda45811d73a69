import { type Deps, decides, gap, made, NONE, union } from './deps';
import { expression } from './expression';
import { pivoted } from './pivot';
import {
  type Column,
  distinctNames,
  isNode,
  lower,
  NO_OFFER,
  type Node,
  named,
  nodesOf,
  type Offer,
  offerOf,
  type Relation,
  type Scope,
} from './scope';

/** Columns of functions that make rows, where no alias names them. */
const GIVEN: Record<string, string[]> = {
  range: ['range'],
  generate_series: ['generate_series'],
  unnest: ['unnest'],
  repeat: ['repeat'],
};

/** What a FROM clause offers. A part of it sees those to its left. */
export function from(node: unknown, scope: Scope): Offer {
  if (!isNode(node)) return NO_OFFER;
  const renamed = (relation: Relation) => rename(relation, node.column_name_alias);
  switch (node.type) {
    case 'EMPTY':
      return NO_OFFER;
    case 'BASE_TABLE':
      return offerOf(nameOf(node, String(node.table_name)), renamed(table(node, scope)));
    case 'SUBQUERY': {
      const { node: query } = node.subquery as { node: Node };
      const relation = scope.query(query, scope);
      const columns = distinctNames(relation.columns);
      return offerOf(nameOf(node, ''), renamed({ ...relation, columns }));
    }
    case 'JOIN':
      return join(node, scope);
    case 'TABLE_FUNCTION': {
      const made = rowsOf(node.function as Node, scope);
      return offerOf(nameOf(node, String((node.function as Node).function_name)), renamed(made));
    }
    case 'EXPRESSION_LIST':
      return offerOf(nameOf(node, ''), renamed(values(node, scope)));
    case 'PIVOT': {
      const source = from(node.source, scope);
      const inner = { ...scope, offer: source, aliases: new Map(), outer: scope };
      return offerOf(nameOf(node, ''), renamed(pivoted(node, inner)));
    }
    default: {
      const reason = gap(`A source of the kind ${String(node.type)} could not be traced.`);
      return offerOf(nameOf(node, ''), { columns: [], rows: NONE, open: reason });
    }
  }
}

const nameOf = (node: Node, otherwise: string) => String(node.alias || otherwise);

function table(node: Node, scope: Scope): Relation {
  const name = lower(String(node.table_name));
  const cte = scope.ctes.get(name);
  if (
    cte &&
    !node.catalog_name &&
    ['', 'recurring'].includes(lower(String(node.schema_name ?? '')))
  )
    return cte;
  const input = scope.facts.inputs.get(name);
  if (!input) return { columns: [], rows: NONE, open: gap(`"${name}" is not an input.`) };
  return {
    columns: input.columns.map((column) => ({
      name: column,
      deps: oneColumn(input.name, column),
    })),
    rows: NONE,
  };
}

const oneColumn = (input: string, column: string): Deps => ({
  found: new Map([
    [JSON.stringify([input, column, 'identity']), { input, column, how: 'identity' as const }],
  ]),
  gaps: NONE.gaps,
});

function rename(relation: Relation, aliases: unknown): Relation {
  const names = Array.isArray(aliases) ? (aliases as string[]) : [];
  if (names.length === 0) return relation;
  if (relation.open && relation.columns.length < names.length) {
    const { open } = relation;
    return { ...relation, columns: names.map((name) => ({ name, deps: open })) };
  }
  const columns = relation.columns.map((column, at) => ({
    ...column,
    name: names[at] ?? column.name,
  }));
  return { ...relation, columns };
}

/** UNNEST(list), range(…): whatever they give is made of their arguments, and so is how many rows. */
function rowsOf(node: Node, scope: Scope): Relation {
  const all = made(
    'transformation',
    union(nodesOf(node.children).map((child) => expression(child, scope))),
  );
  const names = GIVEN[lower(String(node.function_name))] ?? [];
  return {
    columns: names.map((name) => ({ name, deps: all })),
    rows: decides('join', all),
    open: all,
  };
}

function values(node: Node, scope: Scope): Relation {
  const rows = (node.values ?? []) as Node[][];
  const columns = (rows[0] ?? []).map((_, at) => ({
    name: `col${at}`,
    deps: made('transformation', union(rows.map((row) => expression(row[at]!, scope)))),
  }));
  return { columns, rows: NONE };
}

function join(node: Node, scope: Scope): Offer {
  const left = from(node.left, scope);
  const right = from(node.right, { ...scope, offer: left, aliases: new Map(), outer: scope });
  const type = String(node.join_type);
  const shared = node.ref_type === 'NATURAL' ? common(left, right) : usingOf(node);
  const offer = {
    sources: [...left.sources, ...right.sources],
    visible: merged(left, right, { shared, type }),
  };
  const on = isNode(node.condition)
    ? expression(node.condition, {
        ...{ ...scope, offer: { ...offer, rows: NONE }, aliases: new Map(), outer: scope },
      })
    : NONE;
  const keys = shared.flatMap((name) =>
    [...named(left.visible, name), ...named(right.visible, name)].map(({ deps }) => deps),
  );
  const rows = union([left.rows, right.rows, decides('join', union([on, ...keys]))]);
  const isHalf = type === 'SEMI' || type === 'ANTI';
  return isHalf ? { ...left, rows } : { ...offer, rows };
}

const usingOf = (node: Node) =>
  Array.isArray(node.using_columns) ? (node.using_columns as string[]) : [];

const common = (left: Offer, right: Offer): string[] =>
  left.visible.flatMap(({ name }) =>
    name !== null && named(right.visible, name).length > 0 ? [name] : [],
  );

/** Shared columns stand once, where the left one was: from the side whose rows are all kept. */
function merged(
  left: Offer,
  right: Offer,
  { shared, type }: { shared: readonly string[]; type: string },
): Column[] {
  const isShared = ({ name }: Column) => shared.some((one) => lower(one) === lower(name));
  const first = left.visible.map((column) => {
    const [other] = isShared(column) ? named(right.visible, column.name ?? '') : [];
    if (!other) return column;
    if (type === 'RIGHT') return { ...column, deps: other.deps };
    if (type !== 'FULL' && type !== 'OUTER') return column;
    return { ...column, deps: made('transformation', union([column.deps, other.deps])) };
  });
  return [...first, ...right.visible.filter((column) => !isShared(column))];
}
