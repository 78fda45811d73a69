import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldType } from '@/lib/specs/field-types';
import { closeLake, openLake } from '../lake';
import { profileRelation, suggestKey, suggestQualityRules } from '.';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'profile-'));
  await openLake({ root, memoryMb: 512 });
});
afterAll(async () => {
  await closeLake();
  await rm(root, { recursive: true, force: true });
});

const SQL = `SELECT i AS customer_id, 'u' || i || '@example.com' AS contact, i % 4 = 0 AS active,
  CASE WHEN i % 10 > 0 THEN i / 2.0 END AS amount, ['new', 'open', 'done'][i % 3 + 1] AS status,
  uuid() ::VARCHAR AS ref, TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS created_at, [i] AS tags
  FROM range(1000) t(i)`;
const FIELDS: { name: string; type: FieldType }[] = [
  { name: 'customer_id', type: 'integer' },
  { name: 'contact', type: 'string' },
  { name: 'active', type: 'boolean' },
  { name: 'amount', type: 'double' },
  { name: 'status', type: 'string' },
  { name: 'ref', type: 'string' },
  { name: 'created_at', type: 'timestamp' },
  { name: 'tags', type: 'array' },
];

describe('profileRelation', () => {
  it('gives figures, values, patterns and personal data', async () => {
    const { rowCount, columns } = await profileRelation(SQL, FIELDS);
    expect(rowCount).toBe(1000);
    const [id, contact, active, amount, status, ref, created, tags] = columns;
    expect(id).toMatchObject({
      nullCount: 0,
      distinctCount: 1000,
      isDistinctExact: true,
      min: 0,
      max: 999,
      mean: 499.5,
      pii: null,
    });
    expect(contact).toMatchObject({
      pattern: { kind: 'email', share: 1 },
      pii: { kind: 'email', reason: '100% of 1,000 values looked at are e-mail addresses.' },
      minLength: 14,
    });
    expect(active).toMatchObject({
      topValues: [
        { value: false, count: 750 },
        { value: true, count: 250 },
      ],
    });
    expect(amount).toMatchObject({ nullCount: 100, max: 499.5 });
    expect(amount?.quantiles?.p50).toBeCloseTo(250, -1);
    expect(status).toMatchObject({
      distinctCount: 3,
      values: ['done', 'new', 'open'],
      topValues: [{ value: 'new', count: 334 }, { count: 333 }, { count: 333 }],
    });
    expect(ref).toMatchObject({ pattern: { kind: 'uuid' }, pii: null });
    expect(created).toMatchObject({ min: '2026-01-01T00:00:00Z', max: '2026-01-01T16:39:00Z' });
    expect(tags).toMatchObject({ distinctCount: null, nullCount: 0, min: null });
  });

  it('survives nothing, nulls, non-finite numbers and a thousand columns', async () => {
    const fields: { name: string; type: FieldType }[] = [
      { name: 'x', type: 'double' },
      { name: 's', type: 'string' },
    ];
    const empty = await profileRelation("SELECT 1.0 AS x, 'a' AS s WHERE false", fields);
    expect(empty).toMatchObject({
      rowCount: 0,
      columns: [{ mean: null, quantiles: null }, { pattern: null }],
    });
    expect(suggestQualityRules(empty)).toEqual([]);
    const odd = await profileRelation(
      "SELECT unnest(['nan'::DOUBLE, 'inf', 1, NULL]) AS x, NULL::VARCHAR AS s",
      fields,
    );
    expect(odd.columns[0]).toMatchObject({ nullCount: 1, mean: 1 });
    const wide = Array.from({ length: 1000 }, (_, at) => ({
      name: `c${at}`,
      type: 'integer' as const,
    }));
    const profile = await profileRelation(
      `SELECT ${wide.map(({ name }, at) => `${at} AS ${name}`).join(', ')}`,
      wide,
    );
    expect(profile.columns[999]).toMatchObject({ min: 999, max: 999 });
  });

  const pii = async (name: string, values: string[], type: FieldType = 'string') => {
    const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
    const { columns } = await profileRelation(`SELECT unnest([${list}]) AS "${name}"`, [
      { name, type },
    ]);
    return columns[0]?.pii?.kind ?? null;
  };
  it.each<[string, string[], string | null]>([
    ['x', ['4111111111111111', '5500 0000 0000 0004', '3400-0000-0000-009'], 'card'],
    ['x', ['4111111111111112', '5500 0000 0000 0005', '4000000000000003'], null],
    [
      'x',
      ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000', 'FR1420041010050500013M02606'],
      'iban',
    ],
    [
      'x',
      ['GB83 WEST 1234 5698 7654 32', 'DE88370400440532013000', 'FR1520041010050500013M02606'],
      null,
    ],
    ['x', ['078-05-1120', '219-09-9999', '123-45-6789'], 'national_id'],
    ['x', ['+49 30 123456', '+1 (555) 123-4567', '+44 20 7946 0958'], 'phone'],
    ['x', ['192.168.0.1', '10.0.0.1', '8.8.8.8'], 'ip_address'],
    ['x', ['2024-01-01', '2024-01-02', '2024-01-03'], null],
    ['x', ['1.2.3', '1.10.0', '2.0.1'], null],
    ['birth_date', ['1', '2', '3'], 'birth_date'],
    ['customer_name', ['a', 'b', 'c'], 'name'],
    ['product_name', ['Red Chair', 'Blue Table', 'Green Lamp'], null],
    ['name', ['Ada Lovelace', 'Alan Turing', 'Grace B. Hopper'], 'name'],
    ['name', ['widget', 'gadget', 'thing'], null],
    ['shipping_address', ['a', 'b', 'c'], 'address'],
    ['email', ['', '', ''], 'email'],
    ['mailbox_count', ['1', '2', '3'], null],
    ['e_mail', ['x'], 'email'],
    ['phone_number', ['x'], 'phone'],
    ['date_of_birth', ['x'], 'birth_date'],
    ['maiden_name', ['x'], 'name'],
    ['emails_sent_count', ['3'], null],
    ['address_count', ['4'], null],
    ['street_view', ['yes'], null],
  ])('personal data in %s %j: %s', async (name, values, kind) => {
    expect(await pii(name, values)).toBe(kind);
  });
});

describe('suggestions', () => {
  it('finds the key and rules with figures', async () => {
    const profile = await profileRelation(SQL, FIELDS);
    expect(suggestKey(profile)).toEqual({
      column: 'customer_id',
      reason: '1,000 rows, 1,000 different values, none empty.',
    });
    const rules = suggestQualityRules(profile, new Date('2026-01-02T00:00:00Z'));
    const find = (check: string, column: string | null) =>
      rules.find((rule) => rule.check === check && rule.column === column);
    expect(find('not_null', 'customer_id')?.reason).toBe('No empty value in 1,000 rows.');
    expect(find('not_null', 'amount')).toBeUndefined();
    expect(find('unique', 'customer_id')).toMatchObject({ dimension: 'uniqueness' });
    expect(find('unique', 'contact')).toBeUndefined();
    expect(find('pattern', 'contact')?.config).toEqual({ pattern: expect.stringContaining('@') });
    expect(find('range', 'amount')).toMatchObject({
      config: { min: 0 },
      reason: 'All values lie between 0.5 and 499.5.',
    });
    expect(find('accepted_values', 'status')?.config).toEqual({ values: ['done', 'new', 'open'] });
    expect(find('freshness', 'created_at')?.config).toEqual({ maxAge: '2_days' });
    expect(find('row_count', null)?.config).toEqual({ min: 500 });
  });

  it('finds no key where values repeat', async () => {
    const profile = await profileRelation('SELECT i % 500 AS id FROM range(1000) t(i)', [
      { name: 'id', type: 'integer' },
    ]);
    expect(suggestKey(profile)).toBeNull();
  });
});
