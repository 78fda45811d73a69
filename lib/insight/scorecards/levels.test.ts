import { describe, expect, it } from 'vitest';
import { PROPERTIES } from './checks/check';
import { CHECKS } from './checks/registry';
import { type Counted, nextSteps, type Results, standingOf } from './levels';

const check = (
  id: string,
  level: 1 | 2 | 3,
  property: Counted['property'] = 'secure',
  weight = 1,
) => ({
  ...{ id, level, property, weight },
});
const said = (passing: string[], failing: string[], unknown: string[] = []): Results => ({
  ...Object.fromEntries(passing.map((id) => [id, ['pass', '']])),
  ...Object.fromEntries(failing.map((id) => [id, ['fail', '']])),
  ...Object.fromEntries(unknown.map((id) => [id, ['unknown', '']])),
});

describe('levels', () => {
  const checks = [check('a', 1), check('b', 2), check('c', 3), check('d', 3, 'valuable')];
  const levelsOf = (results: Results) => {
    const { level, levels } = standingOf(checks, results);
    return [level, levels[PROPERTIES.indexOf('secure')], levels[PROPERTIES.indexOf('valuable')]];
  };

  it('are reached when all checks of them and below pass', () => {
    expect(levelsOf(said(['a', 'b', 'c', 'd'], []))).toEqual([3, 3, 3]);
    expect(levelsOf(said(['a', 'b', 'd'], ['c']))).toEqual([2, 2, 3]);
    expect(levelsOf(said(['a', 'c', 'd'], ['b']))).toEqual([1, 1, 3]);
    expect(levelsOf(said(['b', 'c', 'd'], ['a']))).toEqual([0, 0, 3]);
    expect(levelsOf(said(['a', 'b', 'c'], ['d']))).toEqual([2, 3, 2]);
  });

  it('are not held back by what could not be computed, which has no share of the score', () => {
    expect(standingOf(checks, said(['a', 'b'], ['c'], ['d']))).toMatchObject({
      level: 2,
      score: 66.7,
    });
    expect(standingOf(checks, said([], [], ['a', 'b', 'c', 'd']))).toMatchObject({ score: 0 });
  });

  it('weigh what passes in the score', () => {
    const weighed = [check('a', 1, 'secure', 3), check('b', 1, 'secure', 1)];
    expect(standingOf(weighed, said(['a'], ['b'])).score).toBe(75);
  });
});

describe('what to do next', () => {
  it('begins with what lifts the level of the whole soonest', () => {
    const checks = [
      check('later', 3, 'discoverable', 9),
      check('two-a', 1, 'valuable', 5),
      check('two-b', 1, 'valuable', 1),
      check('alone', 1, 'secure', 1),
      check('second', 2, 'secure', 1),
    ];
    const steps = nextSteps(
      checks,
      said(
        [],
        checks.map(({ id }) => id),
      ),
    );
    expect(steps.map((one) => one.check.id)).toEqual([
      'alone',
      'two-a',
      'two-b',
      'second',
      'later',
    ]);
    expect(steps.map((one) => one.isBlocking)).toEqual([true, true, true, false, false]);
    expect(steps[0]!.lifts).toEqual({ property: 'secure', level: 1 });
    expect(steps[1]!.lifts).toBeNull();
  });

  it('says the level that follows when later checks pass already', () => {
    const checks = [check('first', 1), check('second', 2), check('third', 3)];
    const [step] = nextSteps(checks, said(['second'], ['first', 'third']));
    expect(step).toMatchObject({ lifts: { property: 'secure', level: 2 } });
  });
});

describe('the catalogue of checks', () => {
  it('asks at least three things of each property, each with its own id', () => {
    for (const property of PROPERTIES) {
      const own = CHECKS.filter((one) => one.property === property);
      expect(own.length, property).toBeGreaterThanOrEqual(3);
      expect(
        own.some(({ level }) => level === 1),
        property,
      ).toBe(true);
    }
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  });
});
