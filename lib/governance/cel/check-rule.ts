import type { ValidationRule } from '@/lib/specs';
import { exampleFacts } from './facts';
import { compileRule } from './rule';

export interface RuleProblem {
  /** The member of the rule: `expression` or `examples`. */
  at: 'expression' | 'examples';
  severity: 'error' | 'warning';
  message: string;
}

const named = (kind: string, index: number) => `Example ${index + 1} under ${kind}`;

/** Judges a rule of a steward's own: it parses, it names facts that exist, and its examples give what they say. */
export function checkRule(rule: Pick<ValidationRule, 'expression' | 'examples'>): RuleProblem[] {
  const { problems, evaluate } = compileRule(rule.expression);
  if (problems.length > 0) {
    return problems.map((message) => ({
      at: 'expression',
      severity: 'error',
      message: `${message}.`,
    }));
  }
  const { pass = [], fail = [] } = rule.examples ?? {};
  if (pass.length + fail.length === 0) {
    const message = 'The rule has no examples. Give one that passes and one that fails.';
    return [{ at: 'expression', severity: 'warning', message }];
  }
  const judge = (kind: 'pass' | 'fail', examples: Record<string, unknown>[]) =>
    examples.flatMap((example, index): RuleProblem[] => {
      const verdict = evaluate(exampleFacts(example));
      const name = named(kind, index);
      if ('problem' in verdict) {
        return [{ at: 'examples', severity: 'error', message: `${name}: ${verdict.problem}.` }];
      }
      if (verdict.holds === (kind === 'pass')) return [];
      const said = verdict.holds ? 'holds there, though it should not' : 'does not hold there';
      return [{ at: 'examples', severity: 'error', message: `${name}: the rule ${said}.` }];
    });
  return [...judge('pass', pass), ...judge('fail', fail)];
}
