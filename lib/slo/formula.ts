import { CelScalar, celEnv, isCelError, mapType, parse, plan } from '@bufbuild/cel';

/** The metrics of one minute that a custom objective may name. */
export interface MinuteMetrics {
  /** Reads that were answered, and reads that failed by the portal's fault. */
  requests: number;
  errors: number;
  /** 95th percentile of the answers' times in milliseconds; 0 without requests. */
  p95Ms: number;
  rowCount: number;
  sizeBytes: number;
  /** Since the rows that are served were written. */
  ageMinutes: number;
  /** Score of each quality dimension, 0–100. */
  quality: Record<string, number>;
  /** Score of each quality rule by its name, 0–100. */
  rules: Record<string, number>;
}
export const METRICS: Record<keyof MinuteMetrics, string> = {
  requests: 'Reads that were answered in the minute',
  errors: 'Reads that failed in the minute by the portal’s fault',
  p95Ms: '95th percentile of the answers’ times in milliseconds; 0 without requests',
  rowCount: 'Rows that are served',
  sizeBytes: 'Bytes of the files that are served',
  ageMinutes: 'Minutes since the rows that are served were written',
  quality: 'Score of a quality dimension, 0–100: quality.completeness',
  rules: 'Score of a quality rule, 0–100: rules["Amount is present"]',
};

type Verdict = { isGood: boolean } | { problem: string };
export interface Formula {
  /** Empty when the formula may be used. */
  problem: string | null;
  judge(metrics: MinuteMetrics): Verdict;
}

const MAX_NODES = 200;
const SCORES = mapType(CelScalar.STRING, CelScalar.DOUBLE);
const ENV = celEnv({
  variables: {
    ...{ requests: CelScalar.DOUBLE, errors: CelScalar.DOUBLE, p95Ms: CelScalar.DOUBLE },
    ...{ rowCount: CelScalar.DOUBLE, sizeBytes: CelScalar.DOUBLE, ageMinutes: CelScalar.DOUBLE },
    ...{ quality: SCORES, rules: SCORES },
  },
});
/** A minute in which nothing was measured, to see what a formula gives. */
const QUIET: MinuteMetrics = {
  ...{ requests: 0, errors: 0, p95Ms: 0, rowCount: 0, sizeBytes: 0, ageMinutes: 0 },
  ...{ quality: {}, rules: {} },
};
const NO_VERDICT =
  'The formula gives no yes or no. End it in a comparison, such as rowCount > 1000.';
type Expr = ReturnType<typeof parse>['expr'];

/** A CEL expression over the metrics, true in a good minute. Never throws; loops are refused, so it is quick. */
export function compileFormula(text: string): Formula {
  const broken = (problem: string): Formula => ({ problem, judge: () => ({ problem }) });
  try {
    const parsed = parse(text);
    const count = { nodes: 0 };
    const problem = inspect(parsed.expr, count);
    if (problem) return broken(problem);
    const evaluate = plan(ENV, parsed);
    const tried = evaluate(QUIET as never);
    if (!isCelError(tried) && typeof tried !== 'boolean') return broken(NO_VERDICT);
    return { problem: null, judge: (metrics) => verdictOf(evaluate(metrics as never)) };
  } catch (error) {
    if (error instanceof RangeError) return broken('The formula is nested too deep. Make it two.');
    const message = error instanceof Error ? error.message : 'not understood';
    return broken(`This is not CEL: ${message.replace('<input>:', 'line ').slice(0, 300)}`);
  }
}

function verdictOf(result: unknown): Verdict {
  if (isCelError(result)) return { problem: result.message.slice(0, 300) };
  if (typeof result === 'boolean') return { isGood: result };
  return { problem: NO_VERDICT };
}

/** Walks the expression for names that no metric has, loops and size. */
function inspect(expr: Expr | undefined, count: { nodes: number }): string | null {
  if (!expr) return null;
  count.nodes += 1;
  if (count.nodes > MAX_NODES) return `The formula has more than ${MAX_NODES} parts. Make it two.`;
  const { exprKind } = expr;
  const first = (parts: (Expr | undefined)[]) => {
    for (const part of parts) {
      const problem = inspect(part, count);
      if (problem) return problem;
    }
    return null;
  };
  switch (exprKind.case) {
    case 'identExpr': {
      const { name } = exprKind.value;
      if (Object.hasOwn(METRICS, name)) return null;
      return `There is no metric named ${name}. Use ${Object.keys(METRICS).join(', ')}.`;
    }
    case 'selectExpr':
      return inspect(exprKind.value.operand, count);
    case 'callExpr':
      return first([exprKind.value.target, ...exprKind.value.args]);
    case 'listExpr':
      return first(exprKind.value.elements);
    case 'comprehensionExpr':
    case 'structExpr':
      return 'A formula has no loops and makes no maps. Compare metrics, and join comparisons with && and ||.';
    default:
      return null;
  }
}
