import { gap } from './deps';
import { expression } from './expression';
import { type Column, isNode, lower, type Node, named, nodesOf, type Scope } from './scope';

interface Pair {
  key: unknown;
  value: unknown;
}

/** The columns that `*`, `t.*`, EXCLUDE, REPLACE, RENAME and COLUMNS(['a', 'b']) stand for. */
export function star(node: Node, scope: Scope): Column[] {
  const relation = String(node.relation_name ?? '');
  const source = scope.offer.sources.find((one) => lower(one.alias) === lower(relation));
  if (relation && !source) return [unknown(`"${relation}.*" could not be traced.`)];
  const sources = source ? [source] : scope.offer.sources;
  if (sources.some((one) => one.open && one.columns.length === 0)) {
    return [unknown('A star over columns whose names are not known could not be traced.')];
  }
  const listed = source ? source.columns : scope.offer.visible;
  const chosen = chosenOf(node.expr, listed);
  if (!chosen) return [unknown('Columns chosen by a pattern could not be traced.')];
  const excluded = excludedOf(node, scope);
  const replaced = pairs(node.replace_list);
  const renamed = pairs(node.rename_list);
  return chosen.flatMap((column) => {
    if (excluded.has(column)) return [];
    const by = replaced.find(({ key }) => lower(String(key)) === lower(column.name));
    if (by) return [{ name: column.name, deps: expression(by.value as Node, scope) }];
    const to = renamed.find(({ key }) => lower(nameOf(key)) === lower(column.name));
    return [to ? { ...column, name: String(to.value) } : column];
  });
}

const unknown = (reason: string): Column => ({ name: null, deps: gap(reason) });
const pairs = (list: unknown): Pair[] => nodesOf(list) as unknown as Pair[];
const nameOf = (key: unknown) => String(isNode(key) ? key.column : key);

function excludedOf(node: Node, { offer }: Scope): Set<Column> {
  const plain = (Array.isArray(node.exclude_list) ? node.exclude_list : []).map(nameOf);
  const qualified = nodesOf(node.qualified_exclude_list).flatMap((one) => {
    const source = offer.sources.find(({ alias }) => lower(alias) === lower(String(one.table)));
    return source ? named(source.columns, String(one.column)) : [];
  });
  const all = [...offer.visible, ...offer.sources.flatMap(({ columns }) => columns)];
  return new Set([...plain.flatMap((name) => named(all, name)), ...qualified]);
}

/** A list of names is told; a pattern or a lambda would have to be run. */
function chosenOf(expr: unknown, listed: readonly Column[]): readonly Column[] | null {
  if (!isNode(expr)) return listed;
  const names = nodesOf(expr.children).map((one) => (one.value as Node | undefined)?.value);
  if (expr.function_name !== 'list_value' || !names.every((name) => typeof name === 'string')) {
    return null;
  }
  return names.flatMap((name) => named(listed, name));
}

/** The first star of COLUMNS within an expression. */
function repeatedStar(node: unknown): Node | null {
  if (Array.isArray(node)) {
    for (const one of node) {
      const found = repeatedStar(one);
      if (found) return found;
    }
    return null;
  }
  if (!isNode(node)) return null;
  if (node.class === 'STAR') return node.columns === true ? node : null;
  if (node.class === 'SUBQUERY') return null;
  return repeatedStar(Object.values(node));
}

/** DuckDB repeats an expression over COLUMNS for every column that it stands for. */
export function repeated(node: Node, scope: Scope): Column[] | null {
  const first = repeatedStar(node);
  if (!first) return null;
  return star(first, scope).map(({ name, deps }) => ({
    name,
    deps: expression(node, { ...scope, star: deps }),
  }));
}
