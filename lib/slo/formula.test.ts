import { describe, expect, it } from 'vitest';
import { compileFormula } from './formula';

const metrics = {
  requests: 40,
  errors: 1,
  p95Ms: 12.5,
  rowCount: 1000,
  sizeBytes: 9000,
  ageMinutes: 3,
  quality: { completeness: 99.5 },
  rules: { 'Amount is present': 80 },
};
const judge = (text: string) => compileFormula(text).judge(metrics);

describe('a formula', () => {
  it.each([
    ['rowCount >= 1000 && p95Ms < 20', true],
    ['errors / requests < 0.02', false],
    ['quality.completeness >= 99', true],
    ['rules["Amount is present"] >= 99.5', false],
    ['!has(quality.accuracy) || quality.accuracy > 99', true],
  ])('%s is %s', (text, isGood) => expect(judge(text)).toEqual({ isGood }));

  it.each([
    ['rules["Nothing"] > 1', /Nothing/],
    ['rowCount', /no yes or no/],
    ['size > 3', /no metric named size.*rowCount/],
    ['1 +', /not CEL/],
    ['[1, 2].exists(x, x > 1)', /no loops/],
    [`${'rowCount > 1 && '.repeat(300)}true`, /more than 200 parts/],
    ['constructor == "x"', /no metric/],
  ])('%s is refused', (text, message) => {
    expect(judge(text)).toEqual({ problem: expect.stringMatching(message) });
  });

  it.each([
    ['rowCount', /no yes or no/],
    ['1', /no yes or no/],
    [`${'('.repeat(2000)}true${')'.repeat(2000)}`, /too deep/],
  ])('%.20s is refused before anything is measured', (text, message) => {
    expect(compileFormula(text).problem).toMatch(message);
  });
});
