import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hashToken, requireInPerson } from '@/lib/auth';
import { type Ctx, conflict, now, type Tx, transact } from '@/lib/core';
import { dayText, today } from './day';

const Ballot = z.string().min(1).max(100);

export const AnswerSurveyInput = z.object({
  ballot: Ballot,
  /** 1: very dissatisfied … 5: very satisfied. */
  score: z.number('Choose an answer.').int().min(1).max(5),
  comment: z.string().trim().max(1000, 'Use at most 1,000 characters.').default(''),
});
export type AnswerSurveyInput = z.input<typeof AnswerSurveyInput>;

/**
 * Answers the question once. What is written says who answered only where the question said so; there is no audit row,
 * and an anonymous answer waits for others. @throws AppError conflict when the ballot was used, or is over
 */
export async function answerSurvey(ctx: Ctx, raw: AnswerSurveyInput): Promise<void> {
  const { id } = requireInPerson(ctx);
  const { ballot, score, comment } = AnswerSurveyInput.parse(raw);
  await transact(async (tx) => {
    const { askedOn, isAnonymous } = await use(tx, ballot, id);
    await tx.surveyDay.update({ where: { day: askedOn }, data: { answered: { increment: 1 } } });
    await tx.surveyAnswer.create({
      data: {
        // Not newId(): that one says the moment.
        ...{ id: randomUUID(), score, comment, day: today() },
        ...(isAnonymous ? { userId: null } : { userId: id, releasedOn: today() }),
      },
    });
  });
}

export const SkipSurveyInput = z.object({ ballot: Ballot });
export type SkipSurveyInput = z.input<typeof SkipSurveyInput>;

/** Puts the question aside; the person has been asked all the same. @throws AppError conflict */
export async function skipSurvey(ctx: Ctx, raw: SkipSurveyInput): Promise<void> {
  const { id } = requireInPerson(ctx);
  const { ballot } = SkipSurveyInput.parse(raw);
  await transact(async (tx) => {
    const { askedOn } = await use(tx, ballot, id);
    await tx.surveyDay.update({ where: { day: askedOn }, data: { skipped: { increment: 1 } } });
  });
}

async function use(tx: Tx, ballot: string, userId: string) {
  const [used] = await tx.$queryRaw<{ askedOn: Date; isAnonymous: boolean }[]>`
    delete from survey_ballot where "secretHash" = ${hashToken(ballot)}
      and ("userId" is null or "userId" = ${userId}) and "askedOn" >= ${lastDay()}::date
    returning "askedOn", "isAnonymous"`;
  if (used) return used;
  throw conflict('This question was answered already, or its day is over.');
}

/** A question can be answered on its day and the next. */
const lastDay = () => dayText(new Date(now().getTime() - 86_400_000));

/** Takes away what nobody answered. */
export const removeOldBallots = (tx: Tx): Promise<number> =>
  tx.$executeRaw`delete from survey_ballot where "askedOn" < ${lastDay()}::date`;
