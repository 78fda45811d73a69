import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ctx, db, isAppError, listen, newId, notify, systemCtx, transact } from '@/lib/core';
import { discoverable, seedPolicies } from '@/lib/governance';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { flushUsage } from '@/lib/serving';
import type { SchemaField } from '@/lib/specs';
import {
  downloadQuery,
  type QueryLine,
  queryableProducts,
  runQuery,
  savedQueries,
  saveQuery,
} from '.';

useTestDatabase();

const FIELDS: SchemaField[] = [{ name: 'id', type: 'long', primaryKey: true }];
const POLICIES = [
  {
    id: 'no-files',
    policy: `forbid (principal, action == Action::"read", resource)
      when { resource.name == "kept" && context has port && context.port == "download" };`,
  },
  {
    id: 'hide',
    policy: `forbid (principal, action == Action::"discover", resource)
      when { resource.name == "secret" && !(principal == resource.owner) };`,
  },
  {
    id: 'purpose',
    policy: `forbid (principal, action == Action::"read", resource)
      when { resource.name == "reasoned" && !(context has purpose && context.purpose == "audit") };`,
  },
];

let owner: Ctx;
let reader: Ctx;
let sales: string;
beforeAll(async () => {
  sales = (await makeDomain({ name: 'sales' })).id;
  await seedPolicies(systemCtx('test'));
  const admin = await makeMember(sales, 'data_admin');
  owner = await ctxOf(admin);
  reader = await ctxOf(await makeMember(sales, 'data_admin'));
  for (const name of ['kept', 'secret', 'reasoned', 'open']) {
    await makeLiveProduct({
      ...{ domainId: sales, ownerId: admin.id, name, classification: 'internal', fields: FIELDS },
      sql: 'select i as id from range(5) t(i)',
    });
  }
  await discoverable(reader);
  const heard = Promise.withResolvers<void>();
  const stop = await listen('portolan_policy', () => heard.resolve());
  const metadata = { name: 'more' };
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata },
    spec: { cedar_policies: POLICIES },
  };
  await transact(async (tx) => {
    const policy = { id: newId(), name: 'more', version: 1, stage: 'enforced', reason: 'test' };
    await tx.policyDocument.create({ data: { ...policy, yaml: '', document } });
    await notify(tx, 'portolan_policy', 'more');
  });
  await heard.promise;
  stop();
});
afterAll(async () => {
  await flushUsage();
  await closeLake();
});

const signal = () => new AbortController().signal;
async function linesOf(ctx: Ctx, sql: string): Promise<QueryLine[]> {
  const lines: QueryLine[] = [];
  for await (const line of await runQuery(ctx, { sql }, signal())) lines.push(JSON.parse(line));
  return lines;
}
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isAppError(error) ? error : Promise.reject(error)),
  );

it('lets a result be looked at that policy keeps from being taken away, with any product in it', async () => {
  const sql = 'select count(*) from sales.open, sales.kept';
  const [head, page] = await linesOf(reader, sql);
  expect(head).toMatchObject({ downloadRefusal: expect.stringContaining('no-files') });
  expect(page).toMatchObject({ rows: [[25]] });
  const refused = await refusalOf(downloadQuery(reader, { sql, format: 'csv' }, signal()));
  expect(refused).toMatchObject({ code: 'forbidden', details: { decisionId: expect.any(String) } });
  const id = String(refused?.details.decisionId);
  expect(await db().auditEvent.findFirst({ where: { id } })).toMatchObject({ decision: 'deny' });
  const open = await downloadQuery(
    reader,
    { sql: 'select count(*) as n from sales.open', format: 'csv' },
    signal(),
  );
  expect(await text(open.stream)).toBe('n\r\n5\r\n');
});

it('answers of a hidden product as of one that is not there, wherever its name could show', async () => {
  const words = async (name: string) =>
    (await refusalOf(linesOf(reader, `select * from sales.${name}`)))?.message.replace(name, '…');
  expect(await words('secret')).toBe(await words('nothing'));
  expect((await linesOf(owner, 'from sales.secret')).at(-1)).toMatchObject({ rowCount: 5 });
  const listed = async (ctx: Ctx) =>
    (await queryableProducts(ctx)).products.map(({ reference }) => reference);
  expect(await listed(reader)).not.toContain('sales.secret');
  expect(await listed(owner)).toContain('sales.secret');
  await saveQuery(owner, { name: 'Shared', sql: 'from sales.secret', domainId: sales });
  await saveQuery(owner, { name: 'Open', sql: 'from sales.open', domainId: sales });
  expect((await savedQueries(reader)).map(({ name }) => name)).toEqual(['Open']);
});

it('asks for the purpose where a policy does, and takes the one that is stated', async () => {
  const refused = await refusalOf(linesOf(reader, 'from sales.reasoned'));
  expect(refused).toMatchObject({ code: 'forbidden' });
  const stated = { ...reader, purpose: 'audit' };
  expect((await linesOf(stated, 'from sales.reasoned')).at(-1)).toMatchObject({ rowCount: 5 });
});
