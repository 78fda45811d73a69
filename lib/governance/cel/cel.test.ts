import { describe, expect, it } from 'vitest';
import { checkRule } from './check-rule';
import { celFacts, exampleFacts } from './facts';
import { compileRule } from './rule';

const sample = celFacts(
  {
    apiVersion: 'v1',
    kind: 'DataProduct',
    metadata: { name: 'orders', namespace: 'sales-domain' },
    spec: {
      owner: 'owner@portolan.example',
      version: '1.0.0',
      description: 'Orders',
      classification: 'internal',
      schema: [
        { name: 'id', type: 'long', primaryKey: true },
        { name: 'who', type: 'struct', fields: [{ name: 'mail', type: 'string', pii: true }] },
      ],
      access: [{ role: 'data_consumer', permissions: ['read'] }],
    },
  },
  { rowCount: 12, completeness: 99.5 },
);
const verdict = (expression: string) => compileRule(expression).evaluate(sample);

describe('a rule over the facts', () => {
  it.each([
    ['product.domain == "sales" && product.classification == "internal"', true],
    ['product.hasPersonalData', true],
    ['columns.exists(c, c.pii && c.name == "who.mail")', true],
    ['columns.all(c, c.description != "")', false],
    ['measured.rowCount > 10 && measured.completeness >= 99.0', true],
    ['!has(measured.accuracy) || measured.accuracy > 98.0', true],
    ['access.exists(a, "write" in a.permissions)', false],
    ['product.owner.matches("@portolan[.]example$")', true],
  ])('%s is %s', (expression, holds) => expect(verdict(expression)).toEqual({ holds }));

  it('says what is absent instead of failing', () => {
    expect(verdict('measured.accuracy > 98.0')).toEqual({
      problem: expect.stringContaining('has(measured.accuracy)'),
    });
    expect(verdict('product.name + "x"')).toEqual({ problem: expect.stringMatching(/yes or no/) });
  });
});

describe('what is refused before it runs', () => {
  it.each([
    ['product.colour == "red"', /product has no colour/],
    ['columns.exists(c, c.colour == "red")', /c has no colour/],
    ['columns.name == "x"', /columns is a list/],
    ['nothing > 3', /no fact named nothing/],
    ['1 +', /not CEL/],
    [`${'['.repeat(900)}${']'.repeat(900)}`, /nested too deeply/],
    ['(((', /not CEL/],
    [`${'true && '.repeat(500)}true`, /parts/],
    [
      'columns.all(a, columns.all(b, columns.all(c, a.name + b.name + c.name != "")))',
      /Three loops/,
    ],
  ])('%s', (expression, message) => {
    const [problem] = checkRule({ expression });
    expect(problem).toMatchObject({ at: 'expression', severity: 'error' });
    expect(problem?.message).toMatch(message);
  });

  it('never hangs: a hostile pattern is linear, and a wide product costs a refusal', () => {
    const text = `${'a'.repeat(20_000)}!`;
    const facts = exampleFacts({ product: { documentation: text } });
    expect(compileRule('product.documentation.matches("^(a+)+$")').evaluate(facts)).toEqual({
      holds: false,
    });
    const columns = Array.from({ length: 2000 }, (_, index) => ({ name: `c${index}` }));
    const wide = { ...sample, columns };
    const pairs = compileRule('columns.all(a, columns.all(b, a.name + b.name != "x"))');
    expect(pairs.evaluate(wide)).toEqual({ problem: expect.stringContaining('too many steps') });
  });

  it('does not read what JavaScript puts on every object', () => {
    expect(checkRule({ expression: 'product.constructor == "x"' })[0]?.message).toMatch(/has no/);
    expect(checkRule({ expression: 'constructor == "x"' })[0]?.message).toMatch(/no fact/);
  });
});

describe('examples', () => {
  const expression = 'columns.all(c, c.pii || c.description != "")';
  const described = { columns: [{ name: 'id', description: 'The number' }] };
  const bare = { columns: [{ name: 'id' }] };
  it('have to give what they say', () => {
    expect(checkRule({ expression, examples: { pass: [described], fail: [bare] } })).toEqual([]);
    const wrong = checkRule({ expression, examples: { pass: [bare], fail: [described] } });
    expect(wrong.map((one) => one.message)).toEqual([
      'Example 1 under pass: the rule does not hold there.',
      'Example 1 under fail: the rule holds there, though it should not.',
    ]);
  });
  it('are asked for', () => {
    expect(checkRule({ expression })[0]).toMatchObject({ severity: 'warning' });
  });
});
