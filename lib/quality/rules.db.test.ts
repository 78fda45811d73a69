import { beforeAll, expect, it } from 'vitest';
import { changeGrant, grantAccess } from '@/lib/access';
import { db, listen, transact } from '@/lib/core';
import { sealOptOut } from '@/lib/platform';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import { type AddRuleInput, addRule, recheckQuality } from '.';
import { lakeRows } from './run/lake-rows';
import { runQuality } from './run-quality';

useTestDatabase();
beforeAll(seedMesh);

const FIELDS = [
  { name: 'id', type: 'integer' as const },
  { name: 'city', type: 'string' as const },
  { name: 'at', type: 'timestamp' as const },
];
const sql = "select 1::int as id, 'Oslo' as city, now()::timestamp as at";

async function live(
  classification = 'internal',
  role: 'data_producer' | 'data_admin' = 'data_producer',
) {
  const domain = await makeDomain();
  const owner = await makeMember(domain.id, role);
  const about = { domainId: domain.id, ownerId: owner.id, classification };
  const { product, snapshot } = await makeLiveProduct({ ...about, fields: FIELDS, sql });
  return {
    snapshot,
    domain,
    owner,
    product,
    productId: product.id,
    address: `${domain.name}/${product.name}`,
  };
}

const HOPELESS: [string, Omit<AddRuleInput, 'productId' | 'name'>, RegExp][] = [
  [
    'a pattern that is none',
    { check: 'pattern', column: 'city', config: { pattern: '(' } },
    /settings/,
  ],
  [
    'the freshness of a text',
    { check: 'freshness', column: 'city', config: { maxAge: '1_day' } },
    /settings/,
  ],
  ['a time that is none', { check: 'range', column: 'at', config: { min: 'soon' } }, /settings/],
  [
    'a condition that compares a time with a word',
    {
      check: 'not_null',
      column: 'city',
      config: { where: [{ column: 'at', is: 'gt', value: 'x' }] },
    },
    /settings/,
  ],
  ...(
    [
      ['two statements', 'select 1; drop table data', /one SELECT/],
      ['a file', "select count(*) from read_csv('/etc/passwd')", /read_csv is not allowed/],
      ['a file by its path', "select count(*) from '/etc/passwd'", /not an input/],
      ['another database', "attach '/tmp/x.db'", /Only a SELECT/],
      ['a column that is not there', 'select sum(amount) from data', /amount/],
    ] as const
  ).map(([what, text, words]): (typeof HOPELESS)[number] => [
    `SQL with ${what}`,
    { check: 'sql', config: { sql: text, threshold: { mustBe: 0 } } },
    words,
  ]),
  [
    'SQL that calls another product data',
    {
      check: 'sql',
      config: { sql: 'select 1', inputs: { data: 'OWN' }, threshold: { mustBe: 0 } },
    },
    /"data" already/,
  ],
];

it.each(HOPELESS)('%s is refused when it is added', async (what, rule, words) => {
  const { owner, productId, address } = await live();
  const config = JSON.parse(JSON.stringify(rule.config).replaceAll('OWN', address));
  const adding = addRule(await ctxOf(owner), { productId, name: what, ...rule, config });
  await expect(adding).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(words),
  });
  expect(await db().qualityRule.count({ where: { productId } })).toBe(0);
});

it('a rule tells nobody of rows that only the owner of its product may read', async () => {
  const secret = await live('restricted', 'data_admin');
  const { domain, productId, product, owner } = await live();
  const secretOwner = await ctxOf(secret.owner);
  await grantAccess(secretOwner, {
    productId: secret.productId,
    email: owner.email,
    purpose: 'To reconcile with it.',
  });
  const colleague = await ctxOf(await makeMember(domain.id, 'data_producer'));
  const rules: Pick<AddRuleInput, 'check' | 'column' | 'config'>[] = [
    {
      check: 'sql',
      config: {
        sql: 'select max(id) from s',
        inputs: { s: secret.address },
        threshold: { mustBe: 0 },
      },
    },
    {
      check: 'reference',
      column: 'id',
      config: { product: secret.address, productColumn: 'id' },
    },
  ];
  for (const rule of rules) {
    const named = { productId, name: rule.check, ...rule };
    await expect(addRule(colleague, named)).rejects.toMatchObject({ code: 'forbidden' });
    await addRule(await ctxOf(owner), named);
  }
  expect(product.ownerId).toBe(owner.id);
});

/** A run of the rules, and what it says of the one. */
async function messageOf(productId: string, snapshotId: string): Promise<string> {
  await runQuality(productId, snapshotId);
  const { message } = await db().qualityResult.findFirstOrThrow({
    where: { run: { productId } },
    orderBy: { run: { startedAt: 'desc' } },
  });
  return message;
}
const PEOPLE = [
  { name: 'id', type: 'integer' as const },
  { name: 'city', type: 'string' as const, pii: true },
];
const people = "select i::int as id, 'zq' || i as city from range(3) t(i)";

it('what a rule reads of another product stays untold, and ends when the owner’s grant opens a part', async () => {
  const other = await live('restricted', 'data_admin');
  const { productId, product, owner, snapshot } = await live();
  const otherOwner = await ctxOf(other.owner);
  const granted = { productId: other.productId, email: owner.email, purpose: 'To reconcile.' };
  const { grantId } = await grantAccess(otherOwner, granted);
  const config = {
    ...{ sql: 'select max(city::int) from s', inputs: { s: other.address } },
    threshold: { mustBe: 0 },
  };
  await addRule(await ctxOf(owner), { productId, name: 'pries', check: 'sql', config });
  expect(product.ownerId).toBe(owner.id);
  expect(await messageOf(productId, snapshot.id)).toMatch(/^The SELECT failed over the rows/);
  const heard = Promise.withResolvers<void>();
  const stop = await listen('portolan_access', () => heard.resolve());
  const columns = { id: { as: 'plain' as const } };
  await changeGrant(otherOwner, { grantId, terms: { columns, filter: [] } });
  await heard.promise;
  stop();
  expect(await messageOf(productId, snapshot.id)).toMatch(/opens a part of/);
});

it('a rule’s SELECT meets nobody who opted out', async () => {
  const { owner, productId, domain } = await live();
  const about = { domainId: domain.id, ownerId: owner.id, fields: PEOPLE, sql: people };
  const own = await makeLiveProduct(about);
  const keep = await sealOptOut('zq1', 'digest', 'request');
  await transact((tx) => keep(tx));
  const sql = "select count(*) from data where if(city = 'zq1', error(city), true)";
  const rule = { check: 'sql' as const, config: { sql, threshold: { mustBe: 2 } } };
  await addRule(await ctxOf(owner), { productId: own.product.id, name: 'counts', ...rule });
  await runQuality(own.product.id, own.snapshot.id);
  const result = await db().qualityResult.findFirstOrThrow({
    where: { run: { productId: own.product.id } },
  });
  expect(result).toMatchObject({ passed: true, value: 2 });
  expect(productId).not.toBe(own.product.id);
});

it('who may not read a product asks it nothing through a rule', async () => {
  const { domain, productId } = await live('restricted', 'data_admin');
  const producer = await ctxOf(await makeMember(domain.id, 'data_producer'));
  const config = { sql: 'select max(id) from data', threshold: { mustBeGreaterThan: 4 } };
  const asked = { productId, name: 'guess', check: 'sql' as const, config };
  await expect(addRule(producer, asked)).rejects.toMatchObject({ code: 'forbidden' });
});

it('the SQL of a run has a time that its rules share', async () => {
  const rows = lakeRows({
    files: [],
    sources: new Map(),
    inputsOf: () => ({ inputs: {}, names: [] }),
    sqlRunMs: 1,
  });
  const endless =
    'with recursive t as (select 1 a union all select a + 1 from t) select max(a) from t';
  await expect(rows.sandbox(endless, 0)).rejects.toMatchObject({ code: 'invalid' });
  await expect(rows.sandbox('select 1', 1)).rejects.toThrow('The SQL rules before this one');
});

it('rules that wait to be run are not made to wait again', async () => {
  const { owner, productId } = await live();
  const ctx = await ctxOf(owner);
  const first = await recheckQuality(ctx, { productId });
  const others = await Promise.all([1, 2, 3].map(() => recheckQuality(ctx, { productId })));
  expect(others).toEqual([first, first, first]);
});
