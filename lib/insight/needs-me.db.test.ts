import { expect, it } from 'vitest';
import { answerQuestion, askQuestion } from '@/lib/community';
import { db, newId, setClock } from '@/lib/core';
import { makeConsumer, makeTalkedAbout } from '@/lib/runtime/testing/community';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { needsMe } from '.';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY = 86_400_000;

it('says what waits for each: the owner, the data admin, the consumer, and nobody else', async () => {
  setClock(() => NOW);
  const { productId, domainId, owner, title, address } = await makeTalkedAbout();
  const admin = await ctxOf(await makeMember(domainId, 'data_admin'));
  const consumer = await makeConsumer(productId, { expiresAt: new Date(NOW + 13 * DAY) });
  const stranger = await ctxOf(await makeUser());
  const { questionId } = await askQuestion(stranger, { productId, text: 'Since when is it kept?' });
  const idOf = (ctx: typeof owner) => (ctx.actor as { id: string }).id;
  const version = newId();
  await db().contractVersion.create({
    data: {
      ...{ id: version, productId, version: '2.0.0', status: 'proposed', windowDays: 30 },
      ...{ descriptor: {}, etl: {}, createdAt: new Date(NOW) },
      acknowledgements: { create: { id: newId(), userId: idOf(consumer) } },
    },
  });
  const seen = async (ctx: typeof owner) =>
    (await needsMe(ctx)).map(({ kind, title: of }) => `${kind}: ${of}`);
  const question = `question: ${title}: Since when is it kept?`;
  expect(await seen(owner)).toEqual([question]);
  expect(await seen(admin)).toEqual([question]);
  expect(await seen(consumer)).toEqual([`acknowledge: ${title}: version 2.0.0`, `grant: ${title}`]);
  expect(await seen(stranger)).toEqual([]);
  expect(await needsMe(consumer)).toMatchObject([
    { id: version, href: `/products/${address}/versions`, isDue: true },
    { href: `/products/${address}/access`, at: new Date(NOW + 13 * DAY) },
  ]);
  await answerQuestion(owner, { questionId, text: 'Since May' });
  expect(await seen(owner)).toEqual([]);
  const asked = { id: newId(), requesterId: idOf(stranger), purpose: 'analytics', note: 'A test' };
  await db().accessRequest.create({
    data: {
      ...{ ...asked, days: 30, createdAt: new Date(NOW) },
      items: { create: { id: newId(), productId, createdAt: new Date(NOW) } },
    },
  });
  const name = stranger.actor.type === 'user' ? stranger.actor.name : '';
  const request = `request: ${title}: ${name} asks for access`;
  for (const [who, what] of [
    [owner, [request]],
    [admin, [request]],
    [stranger, []],
  ] as const) {
    expect(await seen(who)).toEqual(what);
  }
  setClock(() => NOW + 14 * DAY);
  expect(await seen(consumer)).toEqual([`acknowledge: ${title}: version 2.0.0`]);
});
