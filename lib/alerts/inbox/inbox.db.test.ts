import { expect, it } from 'vitest';
import { db, listen, newId, notify, transact } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { inboxFacets, listInbox, markRead, raiseAlert, unreadCount } from '..';
import type { Alert } from '../alert';

useTestDatabase();

const raise = (alert: Partial<Alert>) =>
  transact((tx) =>
    raiseAlert(tx, {
      kind: 'violation.opened',
      level: 'error',
      title: 'Something is wrong',
      href: '/governance/violations/1',
      to: {},
      ...alert,
    }),
  );

it('is one row a person and key, read or not, and nobody else’s', async () => {
  const person = await makeUser();
  const ctx = await ctxOf(person);
  const to = { userIds: [person.id] };
  await raise({ to, dedupeKey: 'one' });
  await raise({ to, dedupeKey: 'one' });
  await raise({ to, title: 'Another thing' });
  const { items } = await listInbox(ctx, discoverable);
  expect(items.map((one) => one.title)).toEqual(['Another thing', 'Something is wrong']);
  expect(await unreadCount(ctx, discoverable)).toBe(2);
  await markRead(ctx, discoverable, { ids: [items[0]!.id] });
  expect((await listInbox(ctx, discoverable, { unread: 'true' })).items).toHaveLength(1);
  const other = await ctxOf(await makeUser());
  await markRead(other, discoverable, { ids: items.map((one) => one.id) });
  expect(await unreadCount(ctx, discoverable)).toBe(1);
  expect((await listInbox(other, discoverable)).items).toEqual([]);
  await markRead(ctx, discoverable, {});
  expect(await unreadCount(ctx, discoverable)).toBe(0);
  const token = await ctxOf(person, { id: 't', scopes: ['catalog:read'] });
  await expect(listInbox(token, discoverable)).rejects.toMatchObject({ code: 'forbidden' });
});

it('is filtered by what an alert is of and about, with counts to choose from', async () => {
  const person = await makeUser();
  const ctx = await ctxOf(person);
  const domain = await makeDomain();
  const product = await makeProduct({ domainId: domain.id, ownerId: person.id });
  const to = { userIds: [person.id] };
  await raise({ to, kind: 'quality.failed', title: 'a', productId: product.id });
  await raise({ to, kind: 'quality.resolved', title: 'b', productId: product.id });
  await raise({ to, kind: 'slo.burning', title: 'c', productId: product.id });
  await raise({ to, title: 'd' });
  const address = `${domain.name}/${product.name}`;
  const of = async (filter: Parameters<typeof listInbox>[2]) =>
    (await listInbox(ctx, discoverable, filter)).items.map(({ title }) => title).join('');
  expect(await of({ group: 'quality' })).toBe('ba');
  expect(await of({ product: address })).toBe('cba');
  expect(await of({ product: address, group: 'slo', unread: 'true' })).toBe('c');
  expect(await of({ product: 'no/thing' })).toBe('');
  expect(await of({ group: 'nothing' as never })).toBe('dcba');
  expect(await inboxFacets(ctx, discoverable)).toEqual({
    groups: [
      { value: 'quality', label: 'Quality', count: 2 },
      { value: 'slo', label: 'SLOs', count: 1 },
      { value: 'violation', label: 'Violations', count: 1 },
    ],
    products: [{ value: address, count: 3 }],
  });
  expect(await inboxFacets(await ctxOf(await makeUser()), discoverable)).toEqual({
    groups: [],
    products: [],
  });
});

it('pages by key', async () => {
  const person = await makeUser();
  const ctx = await ctxOf(person);
  for (let n = 0; n < 53; n += 1) await raise({ to: { userIds: [person.id] }, title: `${n}` });
  const first = await listInbox(ctx, discoverable);
  const second = await listInbox(ctx, discoverable, { after: first.nextPage! });
  const titles = [...first.items, ...second.items].map((one) => one.title);
  expect(new Set(titles).size).toBe(53);
  expect(second.nextPage).toBeNull();
});

/** Takes a product away from a person, and waits until this process has heard of it. */
async function hide(personId: string, name: string): Promise<void> {
  const policy = `forbid (principal == User::"${personId}", action == Action::"discover", resource)
    when { resource.name == "${name}" };`;
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
    spec: { cedar_policies: [{ id: 'hide', policy }] },
  };
  const heard = Promise.withResolvers<void>();
  const stop = await listen('portolan_policy', () => heard.resolve());
  const row = { name: 'hide', version: 1, stage: 'enforced', yaml: '', document, reason: 'test' };
  await transact(async (tx) => {
    await tx.policyDocument.create({ data: { id: newId(), ...row } });
    await notify(tx, 'portolan_policy', 'hide');
  });
  await heard.promise;
  stop();
}

it('names no product that the person may not find any more, and keeps what it said for when they may', async () => {
  const person = await makeUser();
  const ctx = await ctxOf(person);
  const domain = await makeDomain();
  const common = { domainId: domain.id, ownerId: (await makeUser()).id };
  const [open, hidden] = [await makeProduct(common), await makeProduct(common)];
  const draft = await makeProduct({ ...common, status: 'draft' });
  const to = { userIds: [person.id] };
  await raise({ to, kind: 'quality.notice', title: 'open', productId: open.id });
  await raise({ to, kind: 'slo.burning', title: 'hidden', productId: hidden.id });
  await raise({ to, kind: 'waiver.requested', title: 'draft', productId: draft.id });
  await raise({ to, title: 'none' });
  const seen = async () => ({
    titles: (await listInbox(ctx, discoverable)).items.map(({ title }) => title),
    unread: await unreadCount(ctx, discoverable),
  });
  expect(await seen()).toEqual({ titles: ['none', 'draft', 'hidden', 'open'], unread: 4 });
  await hide(person.id, hidden.name);
  expect(await seen()).toEqual({ titles: ['none', 'draft', 'open'], unread: 3 });
  const { groups, products } = await inboxFacets(ctx, discoverable);
  expect(groups.map(({ value }) => value)).not.toContain('slo');
  expect(products.map(({ value }) => value)).not.toContain(`${domain.name}/${hidden.name}`);
  const product = `${domain.name}/${hidden.name}`;
  expect((await listInbox(ctx, discoverable, { product })).items).toEqual([]);
  await markRead(ctx, discoverable, {});
  expect(await seen()).toEqual({ titles: ['none', 'draft', 'open'], unread: 0 });
  const kept = await db().notification.findMany({ where: { userId: person.id, readAt: null } });
  expect(kept.map(({ title }) => title)).toEqual(['hidden']);
});
