import { CelScalar, celEnv, isCelError, listType, mapType, parse, plan } from '@bufbuild/cel';
import { LRU } from '../lru';
import type { CelFacts } from './facts';
import { type Inspected, inspect } from './inspect';

const MAX_NODES = 400;
const MAX_DEPTH = 2;
/** Steps of one evaluation; CEL takes about 1.5 µs for each. */
const MAX_STEPS = 300_000;

const record = mapType(CelScalar.STRING, CelScalar.DYN);
const ENV = celEnv({
  variables: {
    product: record,
    columns: listType(CelScalar.DYN),
    access: listType(CelScalar.DYN),
    quality: listType(CelScalar.DYN),
    measured: record,
  },
});

type Verdict = { holds: boolean } | { problem: string };
export interface CompiledRule {
  /** Empty when the expression may be used. */
  problems: string[];
  /** @returns whether the rule holds, or why it could not be judged */
  evaluate(facts: CelFacts): Verdict;
}

const compiled = new LRU<CompiledRule>(1000);

/** An expression as a function; the same text is compiled once. Never throws. */
export function compileRule(expression: string): CompiledRule {
  const known = compiled.get(expression);
  if (known) return known;
  const rule = compile(expression);
  compiled.set(expression, rule);
  return rule;
}

const broken = (...problems: string[]): CompiledRule => ({
  problems,
  evaluate: () => ({ problem: problems[0] ?? 'The expression is not valid' }),
});

function compile(expression: string): CompiledRule {
  try {
    const parsed = parse(expression);
    const inspected = inspect(parsed.expr);
    const problems = [...new Set(inspected.problems), ...excess(inspected)];
    if (problems.length > 0) return broken(...problems);
    const evaluate = plan(ENV, parsed);
    return { problems: [], evaluate: (facts) => judge(evaluate, inspected, facts) };
  } catch (error) {
    // The parser goes as deep as the expression does.
    if (error instanceof RangeError) return broken('The rule is nested too deeply');
    const message = error instanceof Error ? error.message : 'not understood';
    return broken(`This is not CEL: ${message.replace('<input>:', 'line ').slice(0, 300)}`);
  }
}

function excess({ nodes, depth }: Inspected): string[] {
  return [
    ...(nodes > MAX_NODES
      ? [`The expression has ${nodes} parts; at most ${MAX_NODES} are allowed. Make it two rules`]
      : []),
    ...(depth > MAX_DEPTH
      ? ['Three loops stand inside each other; at most two may. Say it with fewer']
      : []),
  ];
}

function judge(
  evaluate: (facts: never) => unknown,
  { nodes, depth }: Inspected,
  facts: CelFacts,
): Verdict {
  const longest = Math.max(facts.columns.length, facts.access.length, facts.quality.length, 1);
  if (depth > 0 && nodes * longest ** depth > MAX_STEPS) {
    return { problem: 'The rule takes too many steps on a product of this size' };
  }
  const result = evaluate(facts as never);
  if (isCelError(result)) return { problem: explain(result.message) };
  if (typeof result === 'boolean') return { holds: result };
  return { problem: 'The expression gives no yes or no. End it in a comparison' };
}

function explain(message: string): string {
  const missing = /field not found: (\w+)/.exec(message)?.[1];
  return missing
    ? `${missing} is not there. Ask has(…) first: !has(measured.${missing}) || …`
    : message.slice(0, 300);
}
