import { type Deps, decides, gap, made, NONE, union } from './deps';
import { isNode, lower, type Node, nodesOf, resolve, type Scope } from './scope';

/** Where `x -> …` is a function of a list's items; elsewhere the arrow takes a member out of JSON. */
const TAKES_LAMBDA = /^(?:list_|array_)?(?:transform|apply|filter|reduce)$/;
/** Functions of at least one argument: without any, DuckDB's tree has lost a star that stood there. */
const NEEDS_ARGUMENTS = new Set(['struct_pack', 'row', 'struct_insert', 'concat', 'coalesce']);

/** What the value of an expression depends on. */
export function expression(node: Node, scope: Scope, aliasFirst = false): Deps {
  const inner = (child: unknown) => (isNode(child) ? expression(child, scope, aliasFirst) : NONE);
  const all = (children: unknown) => union(nodesOf(children).map(inner));
  switch (node.class) {
    case 'CONSTANT':
      return NONE;
    case 'COLUMN_REF':
      return resolve(node.column_names as string[], scope, aliasFirst);
    case 'POSITIONAL_REFERENCE': {
      const column = scope.offer.visible[Number(node.index) - 1];
      return column?.deps ?? gap(`The column #${node.index} could not be traced.`);
    }
    case 'FUNCTION':
      return called(node, scope, inner);
    case 'WINDOW':
      return windowed(node, scope, inner);
    case 'CASE': {
      const checks = nodesOf(node.case_checks);
      const values = union([...checks.map((one) => inner(one.then_expr)), inner(node.else_expr)]);
      const conditions = union(checks.map((one) => inner(one.when_expr)));
      return union([made('transformation', values), decides('conditional', conditions)]);
    }
    case 'CAST':
    case 'COLLATE':
      return made('transformation', inner(node.child));
    case 'COMPARISON':
      return made('transformation', union([inner(node.left), inner(node.right)]));
    case 'BETWEEN':
      return made(
        'transformation',
        union([inner(node.input), inner(node.lower), inner(node.upper)]),
      );
    case 'CONJUNCTION':
    case 'OPERATOR':
      return made('transformation', all(node.children));
    case 'LAMBDA':
      return made('transformation', union([inner(node.lhs), inner(node.expr)]));
    case 'SUBQUERY':
      return subquery(node, scope, inner);
    case 'STAR':
      return (
        scope.star ?? gap('Columns that a star takes within an expression could not be traced.')
      );
    default:
      return gap(`An expression of the kind ${String(node.class)} could not be traced.`);
  }
}

type Inner = (child: unknown) => Deps;

function called(node: Node, scope: Scope, inner: Inner): Deps {
  const name = lower(String(node.function_name));
  const children = nodesOf(node.children);
  if (children.length === 0 && NEEDS_ARGUMENTS.has(name)) {
    return gap(`The columns that ${name} takes by a star could not be traced.`);
  }
  const takesLambda = TAKES_LAMBDA.test(name);
  const values = union(
    children.map((child) =>
      takesLambda && child.class === 'LAMBDA' ? lambda(child, scope) : inner(child),
    ),
  );
  const how = scope.facts.aggregates.has(name) ? 'aggregation' : 'transformation';
  return union([
    made(how, values),
    decides('filter', inner(node.filter)),
    decides('sort', ordered((node.order_bys as Node | undefined)?.orders, inner)),
  ]);
}

export const ordered = (orders: unknown, inner: Inner): Deps =>
  union(nodesOf(orders).map((order) => inner(order.expression)));

/** Parameters stand for items of the list, which is an argument beside it. */
function lambda(node: Node, scope: Scope): Deps {
  const lhs = node.lhs as Node;
  const names = lhs.class === 'COLUMN_REF' ? [lhs] : nodesOf(lhs.children);
  const columns = names.map((one) => ({
    name: (one.column_names as string[] | undefined)?.[0] ?? '',
    deps: NONE,
  }));
  const offer = { sources: [], visible: columns, rows: NONE };
  return expression(node.expr as Node, { ...scope, offer, aliases: new Map(), outer: scope });
}

function windowed(node: Node, scope: Scope, inner: Inner): Deps {
  const isAggregate =
    node.type === 'WINDOW_AGGREGATE' ||
    scope.facts.aggregates.has(lower(String(node.function_name)));
  const frame = union([
    ...nodesOf(node.partitions).map(inner),
    ordered(node.orders, inner),
    ordered(node.arg_orders, inner),
    ...[node.start_expr, node.end_expr, node.offset_expr].map(inner),
  ]);
  const values = made(
    isAggregate ? 'aggregation' : 'transformation',
    union(nodesOf(node.children).map(inner)),
  );
  return union([
    values,
    made('transformation', inner(node.default_expr)),
    decides('filter', inner(node.filter_expr)),
    decides('window', frame),
  ]);
}

/** A scalar query gives its one column; EXISTS and IN look at its rows. */
function subquery(node: Node, scope: Scope, inner: Inner): Deps {
  const relation = scope.query((node.subquery as { node: Node }).node, scope);
  const asked = made('transformation', inner(node.child));
  const rows = decides('filter', relation.rows);
  if (node.subquery_type === 'EXISTS' || node.subquery_type === 'NOT_EXISTS') return rows;
  const values = relation.columns.map((column) => column.deps);
  return union([asked, made('transformation', union(values)), rows, relation.open ?? NONE]);
}
