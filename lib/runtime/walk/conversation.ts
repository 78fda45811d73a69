import { type Ctx, db, newId } from '@/lib/core';
import { makeConsumer } from '../testing/community';

/** What was said about a product that everybody finds, hidden by a steward or not, and about one that few find. */
export async function makeConversation(
  { ledger, salaries }: { ledger: string; salaries: string },
  text: (what: string) => string,
) {
  const consumer = await makeConsumer(ledger);
  const insider = await makeConsumer(salaries);
  const idOf = (ctx: Ctx) => (ctx.actor as { id: string }).id;
  const ids = {
    ...{ review: newId(), innerReview: newId(), question: newId(), answer: newId() },
    ...{ announcement: newId(), report: newId() },
  };
  const mine = { productId: ledger, authorId: idOf(consumer) };
  const theirs = { productId: salaries, authorId: idOf(insider) };
  const hiddenAt = new Date();
  await db().review.createMany({
    data: [
      { id: ids.review, ...mine, stars: 4, text: 'Sound' },
      { id: ids.innerReview, ...theirs, stars: 1, text: text('review') },
      {
        ...{ id: newId(), productId: ledger, authorId: idOf(insider) },
        ...{ stars: 1, text: text('hidden review'), hiddenAt },
      },
    ],
  });
  await db().question.createMany({
    data: [
      { id: ids.question, ...mine, text: 'When is it loaded?' },
      { id: newId(), ...mine, authorId: idOf(insider), text: text('hidden question'), hiddenAt },
      { id: newId(), ...theirs, text: text('question') },
    ],
  });
  const answer = { questionId: ids.question, authorId: idOf(insider), isFromOwner: false };
  await db().answer.createMany({
    data: [
      { id: ids.answer, ...answer, text: 'At six' },
      { id: newId(), ...answer, text: text('hidden answer'), hiddenAt },
    ],
  });
  const until = new Date(Date.now() + 86_400_000);
  await db().announcement.createMany({
    data: [
      { id: ids.announcement, ...mine, title: 'It moves', until },
      { id: newId(), ...theirs, title: text('announcement'), until },
    ],
  });
  await db().contentReport.create({
    data: {
      ...{ id: ids.report, kind: 'question', targetId: ids.question, productId: ledger },
      ...{ reporterId: idOf(insider), reason: text('report') },
    },
  });
  return { ids, consumer };
}
