import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataProduct, SchemaField } from '@/lib/specs';
import { diffContracts } from './diff';
import { bumped, compareVersions, parsePin } from './version';

type Spec = Partial<DataProduct['spec']>;

function contract(spec: Spec = {}): DataProduct {
  return {
    apiVersion: 'v1',
    kind: 'DataProduct',
    metadata: { name: 'orders', namespace: 'sales-domain' },
    spec: {
      owner: 'owner@portolan.example',
      version: '1.0.0',
      description: 'Orders.',
      schema: [{ name: 'id', type: 'long' }],
      ...spec,
    },
  };
}

const fields = (...schema: SchemaField[]) => contract({ schema });
const id: SchemaField = { name: 'id', type: 'long', primaryKey: true };
const city: SchemaField = { name: 'city', type: 'string', required: true };

/** `path: verdict` of each change. */
const verdicts = (before: DataProduct, after: DataProduct) =>
  diffContracts(before, after).changes.map(
    ({ path, compatibility }) => `${path}: ${compatibility}`,
  );

describe('what a change means to consumers', () => {
  const rule = { name: 'in range', check: 'range', column: 'id', params: { min: 0, max: 10 } };
  const struct = (members: SchemaField[]): SchemaField => ({
    name: 'address',
    type: 'struct',
    fields: members,
  });
  const cases: [string, DataProduct, DataProduct, string[]][] = [
    ['a field goes', fields(id, city), fields(id), ['schema.city: breaking']],
    ['a field comes', fields(id), fields(id, city), ['schema.city: compatible']],
    [
      'a type is widened',
      fields({ name: 'n', type: 'integer' }),
      fields({ name: 'n', type: 'long' }),
      ['schema.n.type: compatible'],
    ],
    [
      'a type is narrowed',
      fields({ name: 'n', type: 'long' }),
      fields({ name: 'n', type: 'integer' }),
      ['schema.n.type: breaking'],
    ],
    [
      'a decimal gets digits',
      fields({ name: 'n', type: 'decimal', precision: 10, scale: 2 }),
      fields({ name: 'n', type: 'decimal', precision: 12, scale: 2 }),
      ['schema.n.type: compatible'],
    ],
    [
      'a decimal changes its scale',
      fields({ name: 'n', type: 'decimal', precision: 10, scale: 2 }),
      fields({ name: 'n', type: 'decimal', precision: 12, scale: 4 }),
      ['schema.n.type: breaking'],
    ],
    [
      'a value may be missing',
      fields(city),
      fields({ ...city, required: false }),
      ['schema.city.required: breaking'],
    ],
    [
      'a value is always there',
      fields({ ...city, required: false }),
      fields(city),
      ['schema.city.required: compatible'],
    ],
    [
      'the key changes',
      fields(id, city),
      fields({ ...id, primaryKey: false }, { ...city, primaryKey: true }),
      ['schema.id.primaryKey: breaking', 'schema.city.primaryKey: breaking'],
    ],
    [
      'a field becomes personal',
      fields(city),
      fields({ ...city, pii: true }),
      ['schema.city.pii: breaking'],
    ],
    [
      'words change',
      fields(city),
      fields({ ...city, description: 'A town.' }),
      ['schema.city.description: documentation'],
    ],
    [
      'a value is allowed',
      fields({ ...city, enum: ['a'] }),
      fields({ ...city, enum: ['a', 'b'] }),
      ['schema.city.enum: breaking'],
    ],
    [
      'a value occurs no more',
      fields({ ...city, enum: ['a', 'b'] }),
      fields({ ...city, enum: ['a'] }),
      ['schema.city.enum: compatible'],
    ],
    [
      'an ODCS bound is lifted',
      fields({ ...city, logicalTypeOptions: { maxLength: 5 } }),
      fields({ ...city, logicalTypeOptions: { maxLength: 9 } }),
      ['schema.city.maxLength: breaking'],
    ],
    [
      'a member of a struct goes',
      fields(struct([id, city])),
      fields(struct([id])),
      ['schema.address.city: breaking'],
    ],
    [
      'an array holds another type',
      fields({ name: 'tags', type: 'array', items: { type: 'integer' } }),
      fields({ name: 'tags', type: 'array', items: { type: 'string' } }),
      ['schema.tags[].type: breaking'],
    ],
    ['columns change places', fields(id, city), fields(city, id), ['schema.(order): compatible']],
    [
      'an objective is weaker',
      contract({ slo: { latency: '< 100ms' } }),
      contract({ slo: { latency: '< 1 second' } }),
      ['slo.latency: breaking'],
    ],
    [
      'an objective is stricter',
      contract({ slo: { availability: '99%' } }),
      contract({ slo: { availability: '99.9%' } }),
      ['slo.availability: compatible'],
    ],
    [
      'an objective is said in other words',
      contract({ slo: { freshness: '< 1 day' } }),
      contract({ slo: { freshness: '< 24 hours' } }),
      ['slo.freshness: documentation'],
    ],
    ['a rule goes', contract({ quality: [rule] }), contract(), ['quality.in range: breaking']],
    [
      'a rule allows more',
      contract({ quality: [rule] }),
      contract({ quality: [{ ...rule, params: { min: 0, max: 20 } }] }),
      ['quality.in range.params.max: breaking'],
    ],
    [
      'a rule binds',
      contract({ quality: [{ ...rule, enforcement: 'warning' }] }),
      contract({ quality: [{ ...rule, enforcement: 'error' }] }),
      ['quality.in range.enforcement: compatible'],
    ],
    [
      'a format goes',
      contract({ outputPorts: [{ name: 'rows', type: 'rest_api' }] }),
      contract({ outputPorts: [{ name: 'rows', type: 'rest_api', formats: ['json'] }] }),
      [
        'outputPorts.rows.formats.ndjson: breaking',
        'outputPorts.rows.formats.csv: breaking',
        'outputPorts.rows.formats.parquet: breaking',
      ],
    ],
    [
      'a port goes',
      contract({ outputPorts: [{ name: 'rows', type: 'rest_api' }] }),
      contract(),
      ['outputPorts.rows: breaking'],
    ],
    [
      'data is more sensitive',
      contract({ classification: 'internal' }),
      contract({ classification: 'restricted' }),
      ['classification: breaking'],
    ],
    [
      'data is less sensitive',
      contract({ classification: 'internal' }),
      contract({ classification: 'public' }),
      ['classification: compatible'],
    ],
    [
      'a role may read no more',
      contract({ access: [{ role: 'data_consumer', permissions: ['read'] }] }),
      contract(),
      ['access.data_consumer.read: breaking'],
    ],
    [
      'terms are written down for the first time',
      contract({}),
      contract({ terms: { usage: 'Use it.' }, support: [{ channel: 'desk' }] }),
      ['terms: documentation', 'support: documentation'],
    ],
    [
      'a price that nobody asked before',
      contract({}),
      contract({ price: { amount: 9, currency: 'EUR' } }),
      ['price: breaking'],
    ],
    [
      'a lower price',
      contract({ price: { amount: 9, currency: 'EUR' } }),
      contract({ price: { amount: 8, currency: 'EUR' } }),
      ['price: documentation'],
    ],
    [
      'a price in another currency',
      contract({ price: { amount: 9, currency: 'EUR' } }),
      contract({ price: { amount: 8, currency: 'USD' } }),
      ['price: breaking'],
    ],
    [
      'terms change',
      contract({ terms: { usage: 'Use it.' } }),
      contract({ terms: { usage: 'Do not resell it.' } }),
      ['terms: breaking'],
    ],
    [
      'the SQL changes',
      contract({ source: { type: 'sql', inputs: {}, sql: 'select 1' } }),
      contract({ source: { type: 'sql', inputs: {}, sql: 'select 2' } }),
      ['source: compatible'],
    ],
  ];
  it.each(cases)('%s', (_name, before, after, expected) => {
    expect(verdicts(before, after)).toEqual(expected);
  });

  it('senders of a stream are bound by what they must fill', () => {
    const source = { type: 'stream' as const };
    const optional = { ...city, required: false };
    expect(
      verdicts(contract({ source, schema: [optional] }), contract({ source, schema: [city] })),
    ).toEqual(['schema.city.required: breaking']);
    expect(
      verdicts(contract({ source, schema: [id] }), contract({ source, schema: [id, city] })),
    ).toEqual(['schema.city: breaking']);
  });

  it('says it in a sentence, with the column it is about', () => {
    const [change] = diffContracts(fields(id, city), fields(id)).changes;
    expect(change).toMatchObject({ column: 'city', message: 'The field "city" (string) is gone.' });
  });
});

describe('renames', () => {
  it('are pointed out with a reason, and stay a removal', () => {
    const diff = diffContracts(
      fields(id, { name: 'city', type: 'string' }),
      fields(id, { name: 'town', type: 'string', sourceName: 'city' }),
    );
    expect(diff.renames).toEqual([
      { from: 'city', to: 'town', because: 'both are read from the source’s column "city"' },
    ]);
    expect(diff.bump).toBe('major');
  });

  it('are not seen in fields of other types, and name a field once', () => {
    const text = (name: string): SchemaField => ({ name, type: 'string' });
    expect(
      diffContracts(fields(id, text('a')), fields(id, { name: 'b', type: 'date' })).renames,
    ).toEqual([]);
    const hints = diffContracts(fields(text('a'), text('b')), fields(text('c'), text('d'))).renames;
    expect(hints.map(({ from, to }) => from + to)).toEqual(['ac', 'bd']);
  });
});

describe('the version', () => {
  it.each([
    ['major', '2.0.0'],
    ['minor', '1.5.0'],
    ['patch', '1.4.3'],
  ] as const)('rises by a %s', (bump, expected) => {
    expect(bumped('1.4.2', bump)).toBe(expected);
  });
  it('is pinned by one to three numbers', () => {
    expect(['1', '1.2', '1.2.3', '', 'v1', '1.', '01'].map(parsePin)).toEqual([
      '1.0.0',
      '1.2.0',
      '1.2.3',
      null,
      null,
      null,
      null,
    ]);
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
  });
});

const shape = fc.oneof(
  fc.constantFrom<Partial<SchemaField>>(
    { type: 'integer' },
    { type: 'long' },
    { type: 'string' },
    { type: 'float' },
    { type: 'double' },
    { type: 'timestamp', timezone: true },
  ),
  fc.record({
    type: fc.constant('decimal' as const),
    precision: fc.integer({ min: 4, max: 8 }),
    scale: fc.integer({ min: 0, max: 2 }),
  }),
);
const field = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    shape,
    fc.record(
      {
        required: fc.boolean(),
        unique: fc.boolean(),
        pii: fc.boolean(),
        primaryKey: fc.boolean(),
        description: fc.constantFrom('x', 'y'),
        enum: fc.uniqueArray(fc.constantFrom('p', 'q', 'r'), { minLength: 1 }),
        maximum: fc.integer({ min: 0, max: 3 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([name, type, rest]) => ({ name, ...type, ...rest }) as SchemaField);
const schema = fc.uniqueArray(field, { selector: (one) => one.name, minLength: 1 });
const contracts = fc
  .record(
    {
      schema,
      slo: fc.record(
        {
          availability: fc.constantFrom('99%', '99.9%'),
          latency: fc.constantFrom('< 100ms', '< 1 second', 200),
        },
        { requiredKeys: [] },
      ),
      classification: fc.constantFrom('public', 'internal', 'restricted' as const),
      access: fc.uniqueArray(
        fc.record({
          role: fc.constantFrom('x', 'y'),
          permissions: fc.uniqueArray(fc.constantFrom('read', 'write' as const), { minLength: 1 }),
        }),
        { selector: (one) => one.role },
      ),
      terms: fc.constantFrom('t', 'u'),
    },
    { requiredKeys: ['schema'] },
  )
  .map((spec) => contract(spec as Spec));

const isBreaking = (a: DataProduct, b: DataProduct) => diffContracts(a, b).bump === 'major';

/** One attribute of one field set anew, or one objective. */
const edit = fc.oneof(
  fc.record({
    at: fc.nat(4),
    set: fc.oneof(
      shape,
      field.map(({ name: _, type: __, ...rest }) => rest),
    ),
  }),
  fc.record({ slo: fc.constantFrom('98%', '99%', '99.9%', '99.99%') }),
);
function edited(
  from: DataProduct,
  edits: { at?: number; set?: object; slo?: string }[],
): DataProduct {
  const to = structuredClone(from);
  for (const { at = 0, set, slo } of edits) {
    const one = to.spec.schema[at % to.spec.schema.length]!;
    if (set) Object.assign(one, set);
    else to.spec.slo = { ...to.spec.slo, availability: slo };
  }
  return to;
}

describe('laws', () => {
  it('a contract does not differ from itself', () => {
    fc.assert(
      fc.property(contracts, (a) => {
        expect(diffContracts(a, structuredClone(a))).toEqual({
          changes: [],
          renames: [],
          bump: null,
        });
      }),
    );
  });
  it('the way back names the same places with before and after exchanged', () => {
    const seen = (a: DataProduct, b: DataProduct) =>
      diffContracts(a, b)
        .changes.map(({ path, before, after }) => ({ path, before, after }))
        .toSorted((x, y) => (x.path < y.path ? -1 : 1));
    fc.assert(
      fc.property(contracts, contracts, (a, b) => {
        const back = seen(b, a).map(({ path, before, after }) => ({
          path,
          before: after,
          after: before,
        }));
        expect(seen(a, b)).toEqual(back);
      }),
    );
  });
  it('two changes that break nothing break nothing together', () => {
    let tried = 0;
    fc.assert(
      fc.property(
        contracts,
        fc.array(edit, { maxLength: 2 }),
        fc.array(edit, { maxLength: 2 }),
        (a, one, two) => {
          const b = edited(a, one);
          const c = edited(b, two);
          if (isBreaking(a, b) || isBreaking(b, c)) return;
          tried += 1;
          expect(isBreaking(a, c)).toBe(false);
        },
      ),
      { numRuns: 600 },
    );
    expect(tried).toBeGreaterThan(30);
  });
  it('taking a field away breaks, and giving it breaks nothing', () => {
    fc.assert(
      fc.property(contracts, field, (a, extra) => {
        const name = 'extra';
        const wider = { ...a, spec: { ...a.spec, schema: [...a.spec.schema, { ...extra, name }] } };
        expect(isBreaking(wider, a)).toBe(true);
        expect(isBreaking(a, wider)).toBe(false);
      }),
    );
  });
  it('applying the changes of the fields gives the newer schema', () => {
    fc.assert(
      fc.property(schema, schema, (a, b) => {
        const { changes } = diffContracts(fields(...a), fields(...b));
        const after = new Map<string, unknown>(a.map((one) => [one.name, one]));
        for (const { path, kind, after: value } of changes) {
          const [, name = '', attribute] = path.split('.');
          if (attribute === undefined && kind === 'removed') after.delete(name);
          else if (attribute === undefined && name !== '(order)') after.set(name, value);
        }
        expect([...after.keys()].toSorted()).toEqual(b.map(({ name }) => name).toSorted());
        const touched = new Set(changes.map(({ path }) => path.split('.')[1]));
        const alike = b.filter((one) => !touched.has(one.name));
        for (const one of alike) expect(flags(after.get(one.name))).toEqual(flags(one));
      }),
    );
  });
});

/** A flag that is off and one that is absent say the same. */
const flags = (one: unknown) =>
  Object.fromEntries(Object.entries(one as object).filter(([, value]) => value !== false));
