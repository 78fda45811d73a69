import { decides, gap, made, NONE, union } from './deps';
import { expression } from './expression';
import { type Column, lower, type Node, named, nodesOf, type Relation, type Scope } from './scope';

interface Entry {
  alias?: string;
  values?: { value: unknown; is_null?: boolean }[];
  star_expr?: unknown;
}

const entriesOf = (pivot: Node) => nodesOf(pivot.entries) as unknown as Entry[];
const untold = (reason: string): Relation => ({ columns: [], rows: NONE, open: gap(reason) });

/** PIVOT makes columns of values, UNPIVOT rows of columns. `scope` offers what is turned. */
export function pivoted(node: Node, scope: Scope): Relation {
  const names = (node.unpivot_names as string[] | undefined) ?? [];
  return names.length > 0 ? turnedBack(node, names, scope) : turned(node, scope);
}

function turned(node: Node, scope: Scope): Relation {
  const pivots = nodesOf(node.pivots);
  if (pivots.some((pivot) => pivot.pivot_enum || pivot.subquery || entriesOf(pivot).length === 0)) {
    return untold('Columns of a PIVOT whose values are not listed could not be traced.');
  }
  const aggregates = nodesOf(node.aggregates);
  const on = union(
    pivots.flatMap((pivot) =>
      nodesOf(pivot.pivot_expressions).map((one) => expression(one, scope)),
    ),
  );
  const used = columnsIn([node.aggregates, node.pivots]);
  const groups = (node.groups as string[] | undefined) ?? [];
  const kept = scope.offer.visible.filter(({ name }) =>
    groups.length > 0
      ? groups.some((group) => lower(group) === lower(name))
      : !used.has(lower(name)),
  );
  const heads = pivots.reduce<string[]>(
    (before, pivot) =>
      before.flatMap((head) =>
        entriesOf(pivot).map((entry) => (head ? `${head}_${headOf(entry)}` : headOf(entry))),
      ),
    [''],
  );
  const columns = heads.flatMap((head) =>
    aggregates.map((aggregate) => ({
      name: aggregates.length > 1 || aggregate.alias ? `${head}_${aggregate.alias || ''}` : head,
      deps: union([expression(aggregate, scope), decides('conditional', on)]),
    })),
  );
  const rows = union([scope.offer.rows, decides('group_by', union(kept.map(({ deps }) => deps)))]);
  return { columns: [...kept, ...columns], rows };
}

const headOf = ({ alias, values = [] }: Entry) =>
  alias || values.map(({ value }) => String(value)).join('_');

/** Names of the columns that expressions read. */
function columnsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) {
    for (const one of value) columnsIn(one, found);
  } else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    if (node.class === 'COLUMN_REF') found.add(lower((node.column_names as string[]).at(-1) ?? ''));
    else columnsIn(Object.values(node), found);
  }
  return found;
}

function turnedBack(node: Node, [valueName = '', ...more]: string[], scope: Scope): Relation {
  const [pivot, second] = nodesOf(node.pivots);
  const entries = pivot ? entriesOf(pivot) : [];
  const taken = entries.flatMap(({ values = [] }) => values.map(({ value }) => String(value)));
  if (
    second ||
    more.length > 0 ||
    entries.some(({ star_expr, values }) => star_expr || values?.length !== 1)
  ) {
    return untold('An UNPIVOT of columns that are not listed one by one could not be traced.');
  }
  const turned = taken.flatMap((name) => named(scope.offer.visible, name));
  const [nameColumn = ''] = (pivot?.unpivot_names as string[] | undefined) ?? [];
  const all = union(turned.map(({ deps }) => deps));
  const kept = scope.offer.visible.filter((column) => !turned.includes(column));
  const columns: Column[] = [
    ...kept,
    { name: nameColumn, deps: decides('conditional', all) },
    { name: valueName, deps: made('transformation', all) },
  ];
  // A value that is null makes no row, unless it is asked for.
  return {
    columns,
    rows: union([scope.offer.rows, node.include_nulls ? NONE : decides('filter', all)]),
  };
}
