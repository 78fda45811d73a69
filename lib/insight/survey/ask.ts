import { hashToken, newLinkSecret, requireInPerson } from '@/lib/auth';
import { type Ctx, db, now, type Tx, transact } from '@/lib/core';
import { dayText, today } from './day';
import { type SurveySettings, surveySettings } from './settings';

/** How fresh a success has to be. */
export const FRESH_MINUTES = 15;

export interface SurveyQuestion {
  /** Lets its holder answer or skip, once. */
  ballot: string;
  question: string;
  isAnonymous: boolean;
}

/** Whether the person could be asked in the next while: what a page asks before it looks for a good moment. */
export async function mayBeAsked(ctx: Ctx): Promise<boolean> {
  const { id: userId } = requireInPerson(ctx);
  const { isOn, everyDays } = await surveySettings();
  if (!isOn) return false;
  const held = await db().surveyAsk.findUnique({ where: { userId } });
  return !held || held.askedOn.getTime() < today().getTime() - everyDays * 86_400_000;
}

/**
 * The question, if this is the moment to ask this person: just now they were served rows or the result of a statement,
 * and not for the first day. Whoever gets it counts as asked, whatever they do with it, and is not asked again for as long
 * as the organisation says. There is no audit row: it would say when.
 */
export async function askSurvey(ctx: Ctx): Promise<SurveyQuestion | null> {
  const { id: userId } = requireInPerson(ctx);
  const settings = await surveySettings();
  if (!settings.isOn || !(await hasJustSucceeded(userId))) return null;
  const { question, isAnonymous } = settings;
  const ballot = await transact(async (tx) =>
    (await claim(tx, userId, settings)) ? open(tx, isAnonymous ? null : userId) : null,
  );
  return ballot === null ? null : { ballot, question, isAnonymous };
}

/** One statement decides, whatever number of tabs and processes ask at once. */
async function claim(tx: Tx, userId: string, { everyDays }: SurveySettings): Promise<boolean> {
  const count = await tx.$executeRaw`
    insert into survey_ask as held ("userId", "askedOn") values (${userId}, ${dayText(today())}::date)
    on conflict ("userId") do update set "askedOn" = excluded."askedOn"
      where held."askedOn" < excluded."askedOn" - ${everyDays}::int`;
  return count > 0;
}

async function open(tx: Tx, userId: string | null): Promise<string> {
  const day = today();
  await tx.surveyDay.upsert({
    where: { day },
    create: { day, asked: 1 },
    update: { asked: { increment: 1 } },
  });
  const secret = newLinkSecret();
  await tx.surveyBallot.create({
    data: { secretHash: hashToken(secret), askedOn: day, isAnonymous: userId === null, userId },
  });
  return secret;
}

/** Rows that were read, or a statement that was answered: one just now, and one on an earlier day. */
async function hasJustSucceeded(userId: string): Promise<boolean> {
  const since = new Date(now().getTime() - FRESH_MINUTES * 60_000);
  const [row] = await db().$queryRaw<{ is: boolean }[]>`
    select (exists (select from product_reader r where r."userId" = ${userId} and r."lastAt" >= ${since})
        or exists (select from query_run q where q."userId" = ${userId} and q.status = 'done' and q."finishedAt" >= ${since}))
      and (exists (select from product_reader r where r."userId" = ${userId} and r."firstAt" < ${today()})
        or exists (select from query_run q where q."userId" = ${userId} and q.status = 'done' and q."finishedAt" < ${today()})) as is`;
  return row?.is ?? false;
}
