import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDocument, type SchemaField } from '@/lib/specs';
import { checkText } from './check-contract';
import type { Known } from './known';
import { overlayOdcs } from './odcs/export';
import { knownOfOdcs } from './odcs/import';
import { ruleOfItem } from './odcs/rules';
import { upgradeContract } from './odcs/upgrade';
import { objectsOf } from './odcs/walk';
import { readContract } from './read-contract';
import type { Group } from './shape';

const ORDERS = readFileSync(path.join(import.meta.dirname, 'fixtures/orders.odcs.yaml'), 'utf8');
const orders = readContract(ORDERS).document as Group;
const HEAD = 'apiVersion: v3.1.0\nkind: DataContract\nid: x\nversion: 1.0.0\nstatus: active\n';
const codesOf = (yaml: string) => readContract(HEAD + yaml).findings.map(({ code }) => code);
const propertiesOf = (contract: Group) =>
  objectsOf(contract).flatMap(({ object }) => object.properties as Group[]);
const errorsOf = (text: string) =>
  readContract(text).findings.filter(({ level }) => level === 'error');

describe('a contract', () => {
  it('is read without a word when nothing is wrong', () => {
    expect(readContract(ORDERS)).toMatchObject({
      ok: true,
      format: 'odcs',
      version: 'v3.1.0',
      findings: [],
    });
  });

  it('becomes columns, rules, objectives and terms', () => {
    const known = knownOfOdcs(orders);
    expect(known).toMatchObject({
      title: 'Orders',
      description: 'Every order of the shop, one row each.',
      slo: { availability: '99.5%', freshness: '< 2 days' },
      terms: { usage: 'Reporting and forecasts.', limitations: 'Not for contacting customers.' },
      price: { amount: 9.5, currency: 'EUR', unit: 'month' },
      access: [{ role: 'data_consumer', permissions: ['read'] }],
    });
    expect(known.fields).toMatchObject([
      { name: 'order_id', type: 'long', primaryKey: true, required: true },
      { name: 'amount', type: 'decimal', precision: 12, scale: 2 },
      { name: 'city', type: 'string', pii: true },
    ]);
    expect(known.quality.map(({ check, column, config }) => ({ check, column, config }))).toEqual([
      { check: 'row_count', column: undefined, config: { min: 1, max: 999 } },
      {
        check: 'sql',
        column: undefined,
        config: expect.objectContaining({ sql: 'SELECT COUNT(*) FROM data WHERE amount = 0' }),
      },
      { check: 'not_null', column: 'order_id', config: {} },
      { check: 'unique', column: 'order_id', config: {} },
      { check: 'accepted_values', column: 'city', config: { values: ['Oslo', 'Bergen'] } },
      {
        check: 'not_null',
        column: 'city',
        config: { threshold: { mustBeLessThan: 5, unit: 'percent', of: 'all' } },
      },
    ]);
  });

  it('stays as it is when nothing has changed', () => {
    expect(
      overlayOdcs(orders, { ...knownOfOdcs(orders), domain: 'sales', name: 'orders' }),
    ).toEqual(orders);
  });

  it('takes what has changed and keeps the rest', () => {
    const known = knownOfOdcs(orders);
    const [id, amount, city] = known.fields as [SchemaField, SchemaField, SchemaField];
    const now: Known = {
      ...known,
      description: 'All orders.',
      fields: [
        id,
        { ...amount, description: 'What was paid.', required: true },
        { ...city, name: 'town', sourceName: 'city' },
        { name: 'note', type: 'string' },
      ],
      quality: known.quality.filter(({ check }) => check !== 'accepted_values'),
      slo: { availability: '99.9%', freshness: '< 2 days' },
    };
    const next = overlayOdcs(orders, now);
    expect(readContract(printDocument(next))).toMatchObject({ ok: true });
    expect(next.description).toEqual({ ...(orders.description as Group), purpose: 'All orders.' });
    const [object, other] = next.schema as Group[];
    expect(other).toEqual((orders.schema as Group[])[1]);
    const properties = object?.properties as Group[];
    expect(properties[0]).toEqual(propertiesOf(orders)[0]);
    expect(properties[1]).toMatchObject({
      classification: 'internal',
      description: 'What was paid.',
      required: true,
    });
    expect(properties[2]).toMatchObject({ name: 'town', tags: ['pii', 'address'] });
    // The rule that went took its item along; the other stays as it was written.
    expect(properties[2]?.quality).toEqual([
      { type: 'library', metric: 'nullValues', mustBeLessThan: 5, unit: 'percent' },
    ]);
    expect(properties[3]).toMatchObject({ name: 'note', logicalType: 'string' });
    expect((next.slaProperties as Group[])[0]).toEqual({
      property: 'availability',
      value: 99.9,
      unit: '%',
    });
    expect((next.slaProperties as Group[]).slice(1)).toEqual(
      (orders.slaProperties as Group[]).slice(1),
    );
  });

  it('says why an item of quality is only kept', () => {
    const place = { table: 'orders', column: 'city' };
    for (const item of [
      { type: 'text', description: 'x' },
      { type: 'custom', engine: 'soda', implementation: 'x' },
      { metric: 'invalidValues', mustBe: 0 },
      { metric: 'somethingElse', mustBe: 0 },
    ]) {
      expect(ruleOfItem(item, place)).toMatchObject({ reason: expect.stringMatching(/\.$/) });
    }
  });
});

describe('the lint finds', () => {
  const table = (inner: string) =>
    `schema:\n  - name: t\n    properties:\n      - name: a\n        logicalType: integer\n${inner}`;
  it.each([
    ['two objects of one name', 'schema:\n  - name: t\n  - name: t\n', 'duplicate-name'],
    ['two properties of one name', table('      - name: a\n'), 'duplicate-name'],
    ['two of one id', 'schema:\n  - { id: s, name: t }\n  - { id: s, name: u }\n', 'duplicate-id'],
    [
      'a relationship into nothing',
      table('        relationships: [{ to: u.b }]\n'),
      'dangling-reference',
    ],
    [
      'a column that its table lacks',
      table('        relationships: [{ to: t.b }]\n'),
      'dangling-reference',
    ],
    [
      'keys of uneven length',
      table('    relationships: [{ from: [t.a, t.a], to: [t.a] }]\n'),
      'uneven-key',
    ],
    [
      'a level for no column',
      table('slaProperties: [{ property: latency, value: 1, unit: d, element: t.z }]\n'),
      'dangling-element',
    ],
    [
      'a unit that nobody knows',
      'slaProperties: [{ property: latency, value: 1, unit: fortnights }]\n',
      'unknown-unit',
    ],
    [
      'a share above all',
      'slaProperties: [{ property: availability, value: 101, unit: "%" }]\n',
      'impossible-threshold',
    ],
    [
      'a count below nothing',
      table('        quality: [{ metric: nullValues, mustBeLessThan: 0 }]\n'),
      'impossible-threshold',
    ],
    [
      'a range that holds nothing',
      table('        quality: [{ metric: nullValues, mustBeBetween: [5, 1] }]\n'),
      'impossible-threshold',
    ],
    [
      'a share beyond 100',
      table('        quality: [{ metric: nullValues, unit: percent, mustBeGreaterThan: 100 }]\n'),
      'impossible-threshold',
    ],
    [
      'options that cross',
      table('        logicalTypeOptions: { minimum: 5, maximum: 1 }\n'),
      'contradicting-options',
    ],
    [
      'bounds that do not fit',
      table('        logicalTypeOptions: { format: u8, maximum: 300 }\n'),
      'contradicting-options',
    ],
    [
      'an option of another type',
      table('        logicalTypeOptions: { maxLength: 3 }\n'),
      'unknown-field',
    ],
    [
      'two columns at one place of the key',
      table(
        '        primaryKey: true\n        primaryKeyPosition: 1\n      - { name: b, primaryKey: true, primaryKeyPosition: 1 }\n',
      ),
      'duplicate-position',
    ],
    ['a version that is none', 'name: x\n', undefined],
    ['an amount without a currency', 'price: { priceAmount: 1 }\n', 'bad-price'],
    ['a channel without an address', 'support: [{ channel: chat }]\n', 'unreachable'],
    [
      'a port that is none',
      'servers: [{ server: s, type: mysql, host: h, port: 99999, database: d }]\n',
      'bad-port',
    ],
    ['a day that is none', 'contractCreatedTs: "2026-02-30T00:00:00Z"\n', 'bad-date'],
  ])('%s', (_what, yaml, code) => {
    if (code) expect(codesOf(yaml)).toContain(code);
    else expect(codesOf(yaml)).toEqual([]);
  });

  it('the place, and what was meant', () => {
    const [finding] = errorsOf(
      `${HEAD}schema:\n  - name: t\n    properties:\n      - name: a\n        requred: true\n`,
    );
    expect(finding).toMatchObject({
      line: 10,
      column: 18,
      path: 'schema[0].properties[0].requred',
      code: 'unknown-field',
    });
    expect(finding?.message).toContain('Did you mean required?');
  });

  it('a version that is not semantic, as a warning', () => {
    const read = readContract(HEAD.replace('version: 1.0.0', 'version: latest'));
    expect(read).toMatchObject({
      ok: true,
      findings: [{ level: 'warning', code: 'bad-version', line: 4 }],
    });
  });
});

describe('a document that is not read', () => {
  it.each([
    ['ODCS 2', 'apiVersion: v2.2.2\nkind: DataContract\n', /ODCS 2\.2\.2 had another structure/],
    ['no version', 'kind: DataContract\n', /Missing. Say which version/],
    [
      'the older specification',
      'dataContractSpecification: 1.1.0\nid: x\n',
      /Data Contract Specification/,
    ],
    ['another kind', 'kind: Pod\n', /"Pod" is not a kind/],
    ['a list', '- a\n', /group of fields/],
    ['an alias', `${HEAD}tags: &t [a]\nname: *t\n`, /alias/],
    ['a deep nest', `${HEAD}name: ${'['.repeat(60)}${']'.repeat(60)}\n`, /nested/],
    ['prototype pollution', `${HEAD}__proto__: { a: 1 }\n`, /not allowed/],
    ['too much', `${HEAD}name: ${'x'.repeat(1_000_001)}\n`, /1 MB/],
    ['a NUL', `${HEAD}name: "a\u0000b"\n`, /control character/],
  ])('is refused with words: %s', (_what, text, message) => {
    const read = readContract(text);
    expect(read.ok).toBe(false);
    expect(read.findings[0]?.message).toMatch(message);
    expect(read.findings[0]?.line).toBeGreaterThan(0);
  });

  it('never makes the reader throw', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(
          fc.constantFrom(
            'name',
            'schema',
            'properties',
            'quality',
            'type',
            'servers',
            'items',
            'logicalType',
            'team',
            'x',
          ),
          tie('any'),
        ),
      ),
    })).any;
    fc.assert(
      fc.property(value, fc.constantFrom('v3.0.2', 'v3.1.0', 'v3.2.0'), (schema, apiVersion) => {
        const text = JSON.stringify({
          apiVersion,
          kind: 'DataContract',
          schema,
          slaProperties: schema,
        });
        const checked = checkText(text);
        expect(checked.findings.length).toBeLessThanOrEqual(201);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the upgrade to 3.1', () => {
  const OLD = `apiVersion: v3.0.2
kind: DataContract
id: old
version: 1.0.0
status: active
team: [{ username: ola, nickname: o }]
slaDefaultElement: t.a
slaProperties: [{ property: latency, value: 4, unit: d, note: kept }]
schema:
  - name: t
    properties:
      - name: a
        logicalType: integer
        logicalTypeOptions: { maximum: 10, exclusiveMaximum: true }
        quality:
          - { rule: nullCheck, code: c1 }
          - { type: library, rule: rowCount, mustBeGreaterThan: 1, mustBeLessThan: 9 }
          - { type: library, rule: ownRule }
`;
  it('loses nothing and is valid', () => {
    const { upgrade } = checkText(OLD);
    const next = readContract(upgrade?.text ?? '');
    expect(next).toMatchObject({ ok: true, version: 'v3.1.0' });
    expect(next.document).toMatchObject({
      team: {
        members: [{ username: 'ola', customProperties: [{ property: 'nickname', value: 'o' }] }],
      },
      slaProperties: [{ property: 'latency', element: 't.a' }],
      customProperties: [{ property: 'slaProperties.0.note', value: 'kept' }],
    });
    const [property] = propertiesOf(next.document ?? {});
    expect(property).toMatchObject({
      logicalTypeOptions: { exclusiveMaximum: 10 },
      quality: [
        { metric: 'nullValues', mustBe: 0, customProperties: [{ property: 'code', value: 'c1' }] },
        { metric: 'rowCount', mustBeGreaterThan: 1 },
        { metric: 'rowCount', mustBeLessThan: 9 },
        { type: 'custom', engine: 'odcs-3.0', implementation: { rule: 'ownRule' } },
      ],
    });
  });

  it('does not touch the document, and has nothing to do for a current one', () => {
    const before = readContract(OLD).document as Group;
    const copy = structuredClone(before);
    upgradeContract(before, 'v3.0.2');
    expect(before).toEqual(copy);
    expect(upgradeContract(orders, 'v3.1.0')).toBeNull();
  });

  it('offers the right number to a document that is newer than it says', () => {
    const text = HEAD.replace('v3.1.0', 'v3.0.2').concat('team: { name: Shop }\n');
    const checked = checkText(text);
    expect(checked.ok).toBe(false);
    expect(checked.upgrade).toMatchObject({
      to: 'v3.1.0',
      text: expect.stringContaining('v3.1.0'),
    });
  });
});
