import { beforeEach, describe, expect, it } from 'vitest';
import { listInbox } from '@/lib/alerts';
import { searchCatalog } from '@/lib/catalog';
import { type Ctx, db, newId, setClock } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { makeConsumer, makeTalkedAbout } from '@/lib/runtime/testing/community';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import {
  answerReview,
  decideReport,
  listReports,
  productReviews,
  productStandings,
  reportContent,
  withdrawReview,
  writeReview,
} from '..';
import { HOURLY } from '../pace';

useTestDatabase();
let at: Awaited<ReturnType<typeof makeTalkedAbout>>;
let consumer: Ctx;
beforeEach(async () => {
  setClock(undefined);
  at = await makeTalkedAbout();
  consumer = await makeConsumer(at.productId);
});
const review = (ctx: Ctx, stars: number, text = '', rev = 0) =>
  writeReview(ctx, { productId: at.productId, stars, text, rev });
const titles = async (ctx: Ctx) =>
  (await listInbox(ctx, discoverable)).items.map(({ title }) => title);

describe('who reviews', () => {
  it('is a consumer in fact: with a grant in force and a read that was served', async () => {
    const reader = await makeConsumer(at.productId, { hasGrant: false });
    const granted = await makeConsumer(at.productId, { hasRead: false });
    const ended = await makeConsumer(at.productId, { expiresAt: new Date(Date.now() - 1000) });
    const admin = await makeConsumer(at.productId, {
      person: await makeMember(at.domainId, 'data_admin'),
    });
    for (const ctx of [reader, granted, ended, admin, at.owner]) {
      await expect(review(ctx, 5)).rejects.toMatchObject({ code: 'forbidden' });
      expect((await productReviews(ctx, at.productId)).mayReview).toBe(false);
    }
    expect((await productReviews(consumer, at.productId)).mayReview).toBe(true);
    await review(consumer, 4, 'Sound.');
    const token = { id: newId(), scopes: ['catalog:read'] };
    const { id } = consumer.actor as { id: string };
    await expect(review(await ctxOf({ id }, token), 5, '', 1)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('writes one, edits it with its history, withdraws it and lets it stand again', async () => {
    const { reviewId } = await review(consumer, 2, 'Late every morning');
    await expect(review(consumer, 1)).rejects.toMatchObject({ code: 'conflict' });
    await review(consumer, 4, 'On time since May', 1);
    await expect(review(consumer, 5, '', 1)).rejects.toMatchObject({ code: 'conflict' });
    const { items, rating, spread } = await productReviews(at.owner, at.productId);
    expect(items).toMatchObject([
      { id: reviewId, stars: 4, text: 'On time since May', rev: 2, isMine: false },
    ]);
    expect(items[0]?.earlier).toMatchObject([{ stars: 2, text: 'Late every morning' }]);
    expect([rating, spread]).toEqual([{ count: 1, average: 4 }, [0, 0, 0, 1, 0]]);
    await withdrawReview(consumer, { reviewId });
    await expect(withdrawReview(consumer, { reviewId })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await productReviews(at.owner, at.productId)).toMatchObject({ items: [], rating: null });
    await review(consumer, 5, 'Better than ever', 2);
    const again = await productReviews(consumer, at.productId);
    expect(again.mine).toMatchObject({ rev: 3, isWithdrawn: false });
    expect(again.mine?.earlier).toHaveLength(2);
  });

  it('is one, however often the button is pressed at once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => review(consumer, 5, 'Once')),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await db().review.count({ where: { productId: at.productId } })).toBe(1);
    const of = { review: { productId: at.productId } };
    expect(await db().reviewVersion.count({ where: of })).toBe(1);
  });

  it('cannot flood: the pace is of all texts together, and an hour later it goes on', async () => {
    await review(consumer, 3);
    for (let rev = 1; rev < HOURLY; rev += 1) await review(consumer, 1 + (rev % 5), `${rev}`, rev);
    const over = review(consumer, 5, 'more', HOURLY);
    await expect(over).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfterS: expect.any(Number) },
    });
    setClock(() => Date.now() + 3_700_000);
    await review(consumer, 5, 'more', HOURLY);
  });
});

it('counts what consumers say at the same moment, all of it', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => makeConsumer(at.productId)));
  await Promise.all(people.map((ctx, n) => review(ctx, 1 + (n % 5))));
  const { rating } = await productReviews(at.owner, at.productId);
  expect(rating).toEqual({ count: 8, average: (1 + 2 + 3 + 4 + 5 + 1 + 2 + 3) / 8 });
  const row = await db().productRating.findUniqueOrThrow({ where: { productId: at.productId } });
  expect(row.score).toBeCloseTo((15 + 21) / 13);
  expect(await productStandings(at.owner, [at.productId])).toEqual({
    // The one who has not reviewed reads it too.
    [at.productId]: { consumers: 9, rating },
  });
  const { entries } = await searchCatalog(consumer, { q: at.title });
  expect(entries.find(({ id }) => id === at.productId)).toMatchObject({ rating });
});

it('the owner is told and answers once, the author is told', async () => {
  const { reviewId } = await review(consumer, 2, 'Late <script>alert(1)</script>');
  expect(await titles(at.owner)).toEqual([`${at.title} got a review: 2 of 5 stars`]);
  await expect(answerReview(consumer, { reviewId, text: 'No' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await answerReview(at.owner, { reviewId, text: 'We load earlier now.' });
  expect(await titles(consumer)).toEqual([`The owner of ${at.title} answered your review`]);
  const { items } = await productReviews(consumer, at.productId);
  expect(items[0]?.reply).toMatchObject({ text: 'We load earlier now.' });
  await answerReview(at.owner, { reviewId, text: '' });
  expect((await productReviews(consumer, at.productId)).items[0]?.reply).toBeNull();
  const actions = await db().auditEvent.findMany({
    where: { productId: at.productId },
    orderBy: { seq: 'asc' },
    select: { action: true },
  });
  expect(actions.map(({ action }) => action).sort()).toEqual([
    'review.answer',
    'review.answer',
    'review.write',
  ]);
});

it('what is reported is hidden by a steward, counts no more, and may stand again', async () => {
  const { reviewId } = await review(consumer, 1, 'Rude words');
  const reporter = await ctxOf(await makeUser());
  const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const report = { kind: 'review' as const, targetId: reviewId, reason: 'These words are rude' };
  await reportContent(reporter, report);
  await expect(reportContent(reporter, report)).rejects.toMatchObject({ code: 'conflict' });
  await expect(listReports(reporter)).rejects.toMatchObject({ code: 'forbidden' });
  const { items } = await listReports(steward, { status: 'open' });
  const mine = items.find(({ product }) => product.title === at.title);
  expect(mine).toMatchObject({ kind: 'review', text: 'Rude words', reason: report.reason });
  const reportId = mine!.id;
  const decide = (ctx: Ctx, decision: 'hide' | 'keep') =>
    decideReport(ctx, { reportId, decision, note: 'Against the house rules' });
  await expect(decide(at.owner, 'hide')).rejects.toMatchObject({ code: 'forbidden' });
  await decide(steward, 'hide');
  await expect(decide(steward, 'hide')).rejects.toMatchObject({ code: 'conflict' });
  expect(await productReviews(reporter, at.productId)).toMatchObject({ items: [], rating: null });
  expect((await productReviews(consumer, at.productId)).items).toMatchObject([{ isHidden: true }]);
  expect(await titles(consumer)).toEqual([`Your review about ${at.title} was hidden by a steward`]);
  await expect(review(consumer, 5, 'Again', 1)).rejects.toThrow(/A steward has hidden/);
  await decide(steward, 'keep');
  expect((await productReviews(reporter, at.productId)).rating).toEqual({ count: 1, average: 1 });
  expect((await titles(reporter))[0]).toContain('stands, a steward decided');
});
