import type { parse } from '@bufbuild/cel';
import { CEL_CATALOGUE, type CelRoot, type FactField } from './facts';

type Expr = ReturnType<typeof parse>['expr'];
type Fields = Record<string, FactField>;

export interface Inspected {
  nodes: number;
  /** How deep comprehensions stand inside each other. */
  depth: number;
  /** Names that no fact has, in the words of who wrote the rule. */
  problems: string[];
}

const isRoot = (name: string): name is CelRoot => Object.hasOwn(CEL_CATALOGUE, name);
const listed = (fields: object) => Object.keys(fields).join(', ');

/**
 * Walks a parsed expression: its size, how its loops are nested, and every name that it uses, so that a
 * mistyped one is told before the rule ever runs.
 */
export function inspect(root: Expr): Inspected {
  const result: Inspected = { nodes: 0, depth: 0, problems: [] };
  walk(root, new Map(), 0, result);
  return result;
}

function walk(
  expr: Expr | undefined,
  scope: ReadonlyMap<string, Fields | null>,
  depth: number,
  found: Inspected,
): void {
  if (!expr) return;
  found.nodes += 1;
  found.depth = Math.max(found.depth, depth);
  const { exprKind } = expr;
  switch (exprKind.case) {
    case 'identExpr':
      checkName(exprKind.value.name, scope, found);
      return;
    case 'selectExpr':
      checkField(exprKind.value.operand, exprKind.value.field, scope, found);
      walk(exprKind.value.operand, scope, depth, found);
      return;
    case 'callExpr':
      walk(exprKind.value.target, scope, depth, found);
      for (const arg of exprKind.value.args) walk(arg, scope, depth, found);
      return;
    case 'listExpr':
      for (const element of exprKind.value.elements) walk(element, scope, depth, found);
      return;
    case 'structExpr':
      for (const entry of exprKind.value.entries) walk(entry.value, scope, depth, found);
      return;
    case 'comprehensionExpr': {
      const { iterVar, iterVar2, iterRange, accuVar, accuInit } = exprKind.value;
      walk(iterRange, scope, depth, found);
      walk(accuInit, scope, depth, found);
      const inner = new Map(scope);
      inner.set(iterVar, fieldsOf(iterRange));
      if (iterVar2) inner.set(iterVar2, null);
      inner.set(accuVar, null);
      walk(exprKind.value.loopCondition, inner, depth + 1, found);
      walk(exprKind.value.loopStep, inner, depth + 1, found);
      walk(exprKind.value.result, inner, depth, found);
    }
  }
}

/** The fields of what a loop runs over, when that is one of the lists of facts. */
function fieldsOf(range: Expr | undefined): Fields | null {
  if (range?.exprKind.case !== 'identExpr') return null;
  const { name } = range.exprKind.value;
  return isRoot(name) && CEL_CATALOGUE[name].isList ? CEL_CATALOGUE[name].fields : null;
}

function checkName(name: string, scope: ReadonlyMap<string, unknown>, found: Inspected): void {
  if (scope.has(name) || isRoot(name) || TYPES.has(name)) return;
  found.problems.push(`There is no fact named ${name}. Use ${listed(CEL_CATALOGUE)}`);
}
/** CEL's own names of types: `type(x) == int`. */
const TYPES = new Set(
  'int uint double bool string bytes list map null_type type dyn timestamp duration'.split(' '),
);

function checkField(
  operand: Expr | undefined,
  field: string,
  scope: ReadonlyMap<string, Fields | null>,
  found: Inspected,
): void {
  if (operand?.exprKind.case !== 'identExpr') return;
  const { name } = operand.exprKind.value;
  const local = scope.get(name);
  if (!scope.has(name) && isRoot(name) && CEL_CATALOGUE[name].isList) {
    found.problems.push(
      `${name} is a list: write ${name}.exists(one, one.${field} …) or ${name}.all(one, …)`,
    );
    return;
  }
  const fields: Fields | null | undefined = scope.has(name)
    ? local
    : isRoot(name)
      ? CEL_CATALOGUE[name].fields
      : null;
  if (!fields || Object.hasOwn(fields, field)) return;
  found.problems.push(`${name} has no ${field}. It has ${listed(fields)}`);
}
