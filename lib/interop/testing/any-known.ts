import fc from 'fast-check';
import type { DraftRule } from '@/lib/products/draft-data';
import { FIELD_TYPES, type FieldShape, type SchemaField } from '@/lib/specs';
import type { Known } from '../known';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const line = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .,:#'"-]{0,30}[a-z]$/);
const plain = FIELD_TYPES.filter((type) => !['array', 'struct', 'decimal'].includes(type));
const field = (depth: number): fc.Arbitrary<FieldShape> => {
  const scalar = fc.oneof(
    fc.constantFrom(...plain).map((type) => ({ type })),
    fc.record({
      type: fc.constant('decimal' as const),
      precision: fc.integer({ min: 5, max: 38 }),
      scale: fc.integer({ min: 0, max: 5 }),
    }),
    fc.constant({ type: 'timestamp' as const, timezone: true }),
  );
  if (depth === 0) return scalar;
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    field(depth - 1).map((items) => ({ type: 'array' as const, items })),
    columns(depth - 1, 3).map((fields) => ({ type: 'struct' as const, fields })),
  ) as fc.Arbitrary<FieldShape>;
};
const columns = (depth: number, max: number): fc.Arbitrary<SchemaField[]> =>
  fc.uniqueArray(
    fc
      .tuple(
        word,
        field(depth),
        fc.record(
          {
            description: line,
            pii: fc.constant(true),
            primaryKey: fc.constant(true),
            required: fc.constant(true),
            unique: fc.constant(true),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([name, type, marks]) => ({ name, ...type, ...marks })),
    { minLength: 1, maxLength: max, selector: ({ name }) => name },
  );
const rule = (names: string[]): fc.Arbitrary<DraftRule> => {
  const shared = {
    name: line,
    dimension: fc.constantFrom(
      'completeness',
      'accuracy',
      'freshness',
      'validity',
      'volume',
      'own',
    ),
    reason: fc.oneof(line, fc.constant('')),
  };
  const of = (check: string, config: fc.Arbitrary<DraftRule['config']>, hasColumn = true) =>
    fc.record({
      ...shared,
      check: fc.constant(check),
      config,
      ...(hasColumn && { column: fc.constantFrom(...names) }),
    });
  const bounds = fc.record(
    { min: fc.integer({ min: 0, max: 9 }), max: fc.integer({ min: 10, max: 99 }) },
    { requiredKeys: [] },
  );
  return fc.oneof(
    of('not_null', fc.constant({})),
    of('not_null', fc.constant({ threshold: { mustBeLessThan: 5, unit: 'percent', of: 'all' } })),
    of(
      'sql',
      fc.constant({
        sql: 'SELECT COUNT(*) FROM data',
        names: ['orders'],
        threshold: { mustBe: 0, unit: 'rows', of: 'all' },
      }),
      false,
    ),
    of('unique', fc.constant({})),
    of(
      'accepted_values',
      fc.record({
        values: fc.uniqueArray(fc.oneof(word, fc.integer()), { minLength: 1, maxLength: 4 }),
      }),
    ),
    of('range', bounds),
    of('row_count', bounds, false),
    of('freshness', fc.constant({ maxAge: '1_day' })),
  ) as fc.Arbitrary<DraftRule>;
};
/** Anything that a product's contract may say. */
export const anyKnown: fc.Arbitrary<Known> = columns(2, 6)
  .chain((fields) =>
    fc.record({
      name: fc.constant('orders'),
      title: line,
      description: line,
      domain: fc.constant('sales'),
      owner: fc.constant('ola@portolan.example'),
      version: fc.constantFrom('1.0.0', '2.1.0'),
      status: fc.constantFrom('draft', 'active', 'deprecated'),
      tags: fc.uniqueArray(word, { maxLength: 3 }),
      fields: fc.constant(fields),
      quality: fc.uniqueArray(rule(fields.map(({ name }) => name)), {
        maxLength: 5,
        selector: (one) => one.name,
      }),
      slo: fc.record(
        {
          availability: fc.constantFrom('99.9%', '95%'),
          latency: fc.constantFrom('< 100ms', '< 2 seconds'),
          freshness: fc.constantFrom('< 1 hour', '< 3 days'),
          completeness: fc.constantFrom('99%', '97.5%'),
        },
        { requiredKeys: [] },
      ),
      terms: fc.record(
        {
          usage: line,
          limitations: line,
          definitions: fc.uniqueArray(
            fc.record({ type: word, url: word.map((path) => `https://terms.example/${path}`) }),
            { minLength: 1, maxLength: 2, selector: ({ url }) => url },
          ),
        },
        { requiredKeys: [] },
      ),
      support: fc.uniqueArray(
        fc.record({ channel: word, url: fc.constant('https://chat.example') }),
        { maxLength: 2, selector: ({ channel }) => channel },
      ),
      access: fc.constantFrom<Known['access']>(
        [],
        [
          { role: 'data_consumer', permissions: ['read'] },
          { role: 'data_admin', permissions: ['read', 'write'] },
        ],
      ),
      price: fc.option(
        fc.record(
          { amount: fc.integer({ min: 0, max: 99 }), currency: fc.constant('EUR'), unit: word },
          { requiredKeys: ['amount', 'currency'] },
        ),
        { nil: undefined },
      ),
    }),
  )
  .map(({ price, ...rest }) => ({ ...rest, ...(price && { price }) }));
