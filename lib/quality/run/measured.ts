import { scoreOf } from '../score';
import { holds, type Threshold } from '../threshold';

/** What a scan found about one rule. */
export interface Measured {
  /** Rows that break it, and rows that were looked at. */
  failing: number;
  checked: number;
  /** The figure that the rule is about, when it is not a count of rows. */
  value: number | null;
  /** Set when the check judged by itself. */
  ok?: boolean;
  problem?: string;
}
export type ResultStatus = 'passed' | 'warning' | 'failed' | 'broken';

export interface Verdict {
  status: ResultStatus;
  passed: boolean;
  failing: number;
  checked: number;
  /** Share of good rows, 0–100. */
  score: number;
  /** What the threshold was compared with. */
  value: number | null;
  message: string | null;
}

/** Whether a measurement keeps its threshold. A share is of the rows that were looked at, or of all rows. */
export function judge(
  measured: Measured,
  rule: { threshold: Threshold; enforcement: 'warning' | 'error' },
  totalRows: number,
): Verdict {
  const { failing, checked, problem } = measured;
  if (problem !== undefined) return brokenVerdict(problem);
  const isFigure = measured.value !== null || measured.ok !== undefined;
  const { threshold } = rule;
  const base = threshold.of === 'all' ? totalRows : checked;
  const share = base > 0 ? (failing * 100) / base : 0;
  const compared = isFigure ? measured.value : threshold.unit === 'percent' ? share : failing;
  const passed = measured.ok ?? holds(threshold, compared!);
  return {
    status: passed ? 'passed' : rule.enforcement === 'warning' ? 'warning' : 'failed',
    passed,
    failing: isFigure ? (passed ? 0 : 1) : failing,
    checked: isFigure ? 1 : checked,
    score: isFigure ? (passed ? 100 : 0) : scoreOf(BigInt(failing), BigInt(checked)),
    value: compared,
    message: null,
  };
}

export const brokenVerdict = (message: string): Verdict => ({
  status: 'broken',
  passed: false,
  failing: 0,
  checked: 0,
  score: 0,
  value: null,
  message,
});
