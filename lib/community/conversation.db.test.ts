import { beforeEach, describe, expect, it } from 'vitest';
import { listInbox } from '@/lib/alerts';
import { type Ctx, db, setClock } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { makeConsumer, makeTalkedAbout } from '@/lib/runtime/testing/community';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import {
  acceptAnswer,
  announce,
  answerQuestion,
  askQuestion,
  closeQuestion,
  decideReport,
  endAnnouncement,
  listReports,
  productAnnouncements,
  productQuestions,
  reportContent,
  setFollow,
} from '.';

useTestDatabase();
let at: Awaited<ReturnType<typeof makeTalkedAbout>>;
let asker: Ctx;
beforeEach(async () => {
  setClock(undefined);
  at = await makeTalkedAbout();
  asker = await ctxOf(await makeUser());
});
const titles = async (ctx: Ctx) =>
  (await listInbox(ctx, discoverable)).items.map(({ title }) => title);
const ask = (text: string, ctx = asker) => askQuestion(ctx, { productId: at.productId, text });
const questions = async (ctx: Ctx) => (await productQuestions(ctx, at.productId)).items;

describe('questions', () => {
  it('are asked by anybody, answered by the owner and consumers, accepted by the asker', async () => {
    const { questionId } = await ask('In which zone is the time?');
    expect(await titles(at.owner)).toEqual([`Somebody asks about ${at.title}`]);
    const stranger = await ctxOf(await makeUser());
    const guess = answerQuestion(stranger, { questionId, text: 'UTC, I guess' });
    await expect(guess).rejects.toMatchObject({ code: 'forbidden' });
    const consumer = await makeConsumer(at.productId);
    const helped = await answerQuestion(consumer, { questionId, text: 'UTC' });
    expect((await questions(asker))[0]).toMatchObject({ state: 'open' });
    await answerQuestion(at.owner, { questionId, text: 'Local time, see the schema' });
    expect(await titles(asker)).toHaveLength(2);
    expect((await questions(asker))[0]).toMatchObject({ state: 'answered' });
    const accept = (ctx: Ctx) => acceptAnswer(ctx, { answerId: helped.answerId });
    await expect(accept(at.owner)).rejects.toMatchObject({ code: 'forbidden' });
    await accept(asker);
    expect(await titles(consumer)).toEqual([`Your answer about ${at.title} was accepted`]);
    const [found] = await questions(stranger);
    expect(found?.answers.map(({ isAccepted, isFromOwner }) => [isAccepted, isFromOwner])).toEqual([
      [true, false],
      [false, true],
    ]);
    await acceptAnswer(asker, { answerId: helped.answerId, isAccepted: false });
    expect((await questions(asker))[0]?.answers.some(({ isAccepted }) => isAccepted)).toBe(false);
  });

  it('are closed by the owner or the asker, take no answer then, and open again', async () => {
    const { questionId } = await ask('Is it still loaded?');
    const close = (ctx: Ctx, isClosed = true) => closeQuestion(ctx, { questionId, isClosed });
    await expect(close(await makeConsumer(at.productId))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await close(at.owner);
    await expect(close(asker)).rejects.toMatchObject({ code: 'conflict' });
    expect(await titles(asker)).toEqual([`Your question about ${at.title} was closed`]);
    const late = answerQuestion(at.owner, { questionId, text: 'Yes' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    await close(asker, false);
    await answerQuestion(at.owner, { questionId, text: 'Yes' });
    expect(await questions(asker)).toMatchObject([{ state: 'answered' }]);
  });

  it('that a steward hid are gone with their answers, for all but their author', async () => {
    const { questionId } = await ask('Buy my watches');
    const reporter = await ctxOf(await makeUser());
    await reportContent(reporter, {
      kind: 'question',
      targetId: questionId,
      reason: 'This is spam',
    });
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    const report = (await listReports(steward)).items.find(({ text }) => text === 'Buy my watches');
    await decideReport(steward, { reportId: report!.id, decision: 'hide', note: 'It is spam' });
    expect(await questions(reporter)).toEqual([]);
    expect(await questions(asker)).toMatchObject([{ isHidden: true }]);
    const answer = answerQuestion(at.owner, { questionId, text: 'No' });
    await expect(answer).rejects.toMatchObject({ code: 'not_found' });
    const again = reportContent(reporter, {
      kind: 'question',
      targetId: questionId,
      reason: 'Again!',
    });
    await expect(again).rejects.toMatchObject({ code: 'not_found' });
  });

  it('go on where the page before ended', async () => {
    const row = (n: number) => ({
      id: `${String(n).padStart(4, '0')}-${at.productId}`,
      ...{ productId: at.productId, authorId: (asker.actor as { id: string }).id, text: `${n}` },
    });
    await db().question.createMany({ data: Array.from({ length: 45 }, (_, n) => row(n)) });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await productQuestions(asker, at.productId, { after });
      seen.push(...page.items.map(({ text }) => text));
      after = page.nextPage ?? undefined;
    } while (after);
    expect(seen).toEqual(Array.from({ length: 45 }, (_, n) => `${44 - n}`));
  });
});

describe('announcements', () => {
  const DAY = 86_400_000;
  const tell = (ctx: Ctx, until: string) =>
    announce(ctx, { productId: at.productId, title: 'Columns will be renamed', until });

  it('reach who holds a grant or follows it, until the day is over', async () => {
    const now = Date.parse('2026-03-15T10:00:00Z');
    setClock(() => now);
    const [granted, quiet, follower, gone] = [
      await makeConsumer(at.productId),
      await makeConsumer(at.productId),
      await ctxOf(await makeUser()),
      await makeConsumer(at.productId),
    ];
    const { productId } = at;
    await setFollow(quiet, { productId, isFollowing: true, muted: ['announcement'] });
    await setFollow(follower, { productId, isFollowing: true });
    await setFollow(gone, { productId, isFollowing: false });
    await expect(tell(granted, '2026-03-20')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(tell(at.owner, '2026-03-14')).rejects.toThrow(/That day is over/);
    await expect(tell(at.owner, '2028-03-14')).rejects.toThrow(/within a year/);
    const { announcementId, told } = await tell(at.owner, '2026-03-15');
    expect(told).toBe(2);
    const title = `${at.title}: Columns will be renamed`;
    expect(await Promise.all([granted, quiet, follower, gone].map(titles))).toEqual([
      [title],
      [],
      [title],
      [],
    ]);
    const shown = async () => (await productAnnouncements(asker, productId)).items.length;
    expect(await shown()).toBe(1);
    setClock(() => Date.parse('2026-03-15T23:59:58Z'));
    expect(await shown()).toBe(1);
    setClock(() => now + DAY);
    expect(await shown()).toBe(0);
    await expect(endAnnouncement(at.owner, { announcementId })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('end when their author says so', async () => {
    const { announcementId } = await tell(at.owner, new Date(Date.now() + DAY).toISOString());
    await expect(endAnnouncement(asker, { announcementId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await endAnnouncement(at.owner, { announcementId });
    expect(await productAnnouncements(asker, at.productId)).toEqual({
      items: [],
      mayAnnounce: false,
    });
  });
});
