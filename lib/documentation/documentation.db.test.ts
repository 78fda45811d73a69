import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '@/lib/audit';
import { type Channel, type Ctx, db, listen, notify, systemCtx, transact } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { flushUsage } from '@/lib/serving';
import { closeServing } from '@/lib/serving/resolve';
import {
  documentationMarkdown,
  productDocumentation,
  productReadiness,
  saveDocumentation,
} from '.';

useTestDatabase();
const FIELDS = [
  { name: 'id', type: 'long', primaryKey: true, description: 'Its number' },
  { name: 'origin', type: 'string' },
] as never;
const SQL = `select i as id, if(i % 2 = 0, 'SEA', 'P|X') as origin from range(40) t(i)`;
const TEXT = [
  '# Flights',
  '{{schema}}',
  '```portolan\norigin=eq.SEA&limit=3\n```',
  '```portolan\ncarrier=eq.AA\n```',
  '{{samples}}',
].join('\n\n');

let owner: Ctx;
let ownerId: string;
let consumer: Ctx;
let outsider: Ctx;
let steward: Ctx;
let productId: string;

const save = async (ctx: Ctx, text: string, rev?: number) => {
  const { rev: current } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  return saveDocumentation(ctx, { productId, rev: rev ?? current, text });
};
const reads = (actor: string) =>
  db().auditEvent.count({ where: { productId, action: 'product.read', actorLabel: actor } });
/** Makes a change and waits until this process has heard of it. */
async function heard(channel: Channel, change: () => Promise<unknown>): Promise<void> {
  const done = Promise.withResolvers<void>();
  const stop = await listen(channel, () => done.resolve());
  await change();
  await done.promise;
  stop();
}
const load = (fields: never, sql: string) =>
  heard('portolan_product', () => addSnapshot({ productId, fields, sql }));
const emailOf = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.email : '');

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const person = await makeMember(domain.id, 'data_producer');
  ownerId = person.id;
  owner = await ctxOf(person);
  consumer = await ctxOf(await makeMember(domain.id, 'data_consumer'));
  outsider = await ctxOf(await makeUser());
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const { product } = await makeLiveProduct({
    ...{ domainId: domain.id, ownerId, name: 'flights', classification: 'confidential' },
    ...{ fields: FIELDS, sql: SQL },
  });
  productId = product.id;
});
afterAll(async () => {
  await flushUsage();
  closeServing();
  await closeLake();
});

describe('the documentation of a product', () => {
  it('is saved with its examples run by the rights of the owner', async () => {
    const saved = await save(owner, TEXT);
    expect(saved.examples).toEqual([
      { query: 'origin=eq.SEA&limit=3', state: 'works', message: '' },
      { query: 'carrier=eq.AA', state: 'fails', message: expect.stringMatching(/carrier/) },
    ]);
    const row = await db().product.findUniqueOrThrow({ where: { id: productId } });
    expect(row.documentation).toBe(TEXT);
    expect(row.descriptor).toMatchObject({ spec: { documentation: TEXT } });
    const seen = await productDocumentation(consumer, productId);
    expect(seen).toMatchObject({ text: TEXT, canEdit: false, rev: saved.rev });
    expect(seen.examples).toEqual(saved.examples);
  });

  it('leaves the changed lines in the audit log', async () => {
    await save(owner, TEXT.replace('# Flights', '# All flights'));
    const { events } = await listAudit(steward, { action: 'documentation.save', productId }, {});
    expect(events[0]?.detail).toMatchObject({
      fromLine: 1,
      before: { documentation: '# Flights' },
      after: { documentation: '# All flights' },
    });
  });

  it('is not changed by who may not, over a newer text, or with what cannot be kept', async () => {
    await expect(save(consumer, 'mine')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(save(outsider, 'mine')).rejects.toMatchObject({ code: 'forbidden' });
    const read = await ctxOf({ id: ownerId }, { id: 'token', scopes: ['data:read'] });
    await expect(save(read, 'mine')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(save(owner, 'mine', 1)).rejects.toMatchObject({ code: 'conflict' });
    await expect(save(owner, 'a\0b')).rejects.toThrow(/broken/);
    await expect(save(owner, 'x'.repeat(200_001))).rejects.toThrow(/200,000/);
    const many = Array.from({ length: 11 }, (_, n) => `\`\`\`portolan\nid=eq.${n}\n\`\`\``);
    await expect(save(owner, many.join('\n'))).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { text: expect.stringMatching(/11 examples/) } },
    });
    await expect(
      saveDocumentation(owner, { productId: 'nothing', rev: 1, text: '' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect((await productDocumentation(owner, productId)).text).toContain('# All flights');
  });

  it('runs examples once a snapshot, and finds by the first look what a load broke', async () => {
    const before = await reads(emailOf(owner));
    await productDocumentation(outsider, productId);
    await productDocumentation(consumer, productId);
    expect(await reads(emailOf(owner))).toBe(before);
    await load([{ name: 'id', type: 'long' }] as never, 'select 1 as id');
    const { examples } = await productDocumentation(outsider, productId);
    expect(examples.map(({ state }) => state)).toEqual(['fails', 'fails']);
    expect(examples[0]?.message).toMatch(/origin/);
    expect(await reads(emailOf(owner))).toBe(before + 2);
    await load(FIELDS, SQL);
    const mended = await productDocumentation(outsider, productId);
    expect(mended.examples.map(({ state }) => state)).toEqual(['works', 'fails']);
  });

  it('is one Markdown file, with rows for who may read them', async () => {
    const text = await documentationMarkdown(owner, 'sales', 'flights');
    expect(text).toContain('| `id` | long | key | Its number |');
    expect(text).toContain(
      'origin=eq.SEA&limit=3\n```\n\n| id | origin |\n| --- | --- |\n| 0 | SEA |',
    );
    expect(text).toMatch(/> This example no longer works: .*carrier/);
    expect(text).toContain('| 1 | P\\|X |');
    expect(text).not.toContain('{{');
    const before = await reads(emailOf(outsider));
    const refused = await documentationMarkdown(outsider, 'sales', 'flights');
    expect(refused).not.toContain('SEA |');
    expect(refused).toMatch(/Ask .* for access/);
    expect(await reads(emailOf(outsider))).toBe(before + 1);
  });

  it('says what is missing to who operates the product alone', async () => {
    const { items, done } = await productReadiness(owner, productId);
    const examples = items.find(({ id }) => id === 'examples');
    expect(examples).toMatchObject({
      isDone: false,
      why: expect.stringMatching(/no longer works/),
    });
    expect(done).toBe(items.filter(({ isDone }) => isDone).length);
    await expect(productReadiness(consumer, productId)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('stays as it is once the product is retired, and when the owner is gone says so', async () => {
    await db().user.update({ where: { id: ownerId }, data: { disabledAt: new Date() } });
    await heard('portolan_access', () => transact((tx) => notify(tx, 'portolan_access', ownerId)));
    await load(FIELDS, SQL);
    const { examples } = await productDocumentation(steward, productId);
    expect(examples[0]?.message).toMatch(/Nobody active/);
    await db().product.update({ where: { id: productId }, data: { status: 'retired' } });
    await expect(save(owner, 'late')).rejects.toMatchObject({ code: 'precondition' });
  });
});
