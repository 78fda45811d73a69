import { describe, expect, it } from 'vitest';
import type { EffectivePolicy } from '@/lib/governance';
import { judge, type Round } from './performance';
import { ruleResult, thresholdResults } from './quality';

const round = (p95Ms: number, perSecond = 100): Round => ({
  requests: 40,
  p50Ms: p95Ms / 2,
  p95Ms,
  perSecond,
});
const statuses = (results: { status: string }[]) => results.map((one) => one.status);
const quiet = { limitMs: 200, wanted: null, isOverloaded: false };

describe('the performance suite', () => {
  it('compares the best round with what is promised', () => {
    expect(statuses(judge([round(900), round(150)], quiet))).toEqual(['passed', 'passed']);
    expect(statuses(judge([round(900), round(201)], quiet))).toEqual(['failed', 'passed']);
    expect(statuses(judge([round(50, 19)], { ...quiet, wanted: 20 }))).toEqual([
      'passed',
      'failed',
    ]);
  });

  it('cannot fail without an objective, and only warns on an overloaded machine', () => {
    const nothing = { limitMs: null, wanted: null, isOverloaded: false };
    expect(statuses(judge([round(90_000, 0.1)], nothing))).toEqual(['passed', 'passed']);
    const late = judge([round(900, 1)], { limitMs: 200, wanted: 20, isOverloaded: true });
    expect(statuses(late)).toEqual(['warning', 'warning']);
    expect(late[0]?.message).toContain('run the tests again');
  });
});

const from = { scope: 'global', name: 'global-data-governance', version: 1 };
const required = (threshold: string, enforcement: string) =>
  ({ threshold: { value: threshold, from }, enforcement: { value: enforcement, from } }) as never;
const policy = {
  quality: {
    completeness: required('95%', 'warning'),
    consistency: required('99%', 'error'),
  },
} as unknown as Pick<EffectivePolicy, 'quality'>;
const broken = {
  name: 'r',
  passed: false,
  status: 'failed',
  failing: 3n,
  checked: 10n,
  score: 70,
  message: 'It holds',
};

describe('the quality suite', () => {
  it('holds scores against the thresholds in force, with their enforcement', () => {
    const results = thresholdResults({ completeness: 83, uniqueness: 98.9, volume: 0 }, policy);
    expect(results.map((one) => [one.name, one.status])).toEqual([
      ['completeness threshold', 'warning'],
      ['uniqueness threshold', 'failed'],
    ]);
    expect(statuses(thresholdResults({ completeness: 95, uniqueness: 99 }, policy))).toEqual([
      'passed',
      'passed',
    ]);
  });

  it('leaves a broken rule to its threshold, and fails it where there is none', () => {
    expect(ruleResult({ ...broken, dimension: 'uniqueness' }, policy).status).toBe('warning');
    expect(ruleResult({ ...broken, dimension: 'volume' }, policy)).toMatchObject({
      status: 'failed',
      message: 'It holds: 3 of 10 rows break it.',
    });
    expect(ruleResult({ ...broken, passed: true, dimension: 'volume' }, policy).status).toBe(
      'passed',
    );
  });
});
