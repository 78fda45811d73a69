import { expect, it } from 'vitest';
import { asksAge, factsOf } from './verdicts';

it.each([
  ['size(columns) > 1', false],
  ['measured.grants < 5 && measured.completeness > 90.0', false],
  ['has(measured.rowCount)', false],
  ['measured.ageHours < 24.0', true],
  ['has(measured.ageHours)', true],
  ['measured["ageHours"] < 24.0', true],
  ['measured.all(name, measured[name] != 0)', true],
  ['size(measured) > 3', true],
  ['measured . ageHours > 1.0', true],
  ['measured.grantsOfOld > 1', true],
  ['product.name == "measured.ageHours"', true],
])('%s asks for the age: %s', (expression, isAsked) => {
  expect(asksAge(expression)).toBe(isAsked);
});

it('facts are others with every change, and with the age alone only where it is asked for', () => {
  const facts = (measured: object, withAge = false, version = '7') =>
    factsOf(version, measured, withAge);
  const one = { grants: 1, ageHours: 3.2 };
  expect(facts(one)).toBe(facts({ ...one, ageHours: 3.3 }));
  expect(facts(one, true)).not.toBe(facts({ ...one, ageHours: 3.3 }, true));
  expect(facts(one)).not.toBe(facts({ ...one, grants: 2 }));
  expect(facts(one)).not.toBe(facts({ ageHours: 3.2 }));
  expect(facts(one)).not.toBe(facts(one, false, '8'));
});
