import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, can, conflict, db, notFound, requireCan, transact } from '@/lib/core';
import { periodOf } from '../figures/period';
import { getMetric, type MetricDetail } from '../figures/queries';
import { Scope, scopeOf } from '../figures/scope';
import { dayText } from './day';
import { LEAST_ANSWERS } from './least';
import { type SurveySettings, surveySettings } from './settings';

export const SatisfactionInput = z.object({
  range: Scope.shape.range,
  page: z.coerce.number().int().min(1).max(200).default(1),
});
export type SatisfactionInput = z.input<typeof SatisfactionInput>;

export interface SurveyComment {
  id: string;
  day: string;
  comment: string;
  /** Of an anonymous comment neither is told: its words could give its writer away, and with them the answer. */
  name: string | null;
  score: number | null;
}
export interface Satisfaction {
  settings: SurveySettings;
  mayManage: boolean;
  survey: MetricDetail;
  response: MetricDetail;
  reviews: MetricDetail;
  /** How many gave 1, 2, … 5; null with fewer than `least` answers. */
  distribution: number[] | null;
  least: number;
  /** Of finished days in the period. */
  asked: { asked: number; answered: number; skipped: number };
  /** Null for those who may not read them. */
  comments: { items: SurveyComment[]; page: number; hasMore: boolean } | null;
}

const PAGE = 20;

/** What people say of the portal, and beside it what they say of its products. @throws AppError forbidden */
export async function satisfaction(ctx: Ctx, raw: SatisfactionInput = {}): Promise<Satisfaction> {
  const { range, page } = SatisfactionInput.parse(raw);
  await scopeOf(ctx, { range });
  const { from, to } = periodOf(range);
  const mayManage = can(ctx, 'insight.manage');
  const [settings, survey, response, reviews] = await Promise.all([
    surveySettings(),
    ...['survey_satisfaction', 'survey_response_rate', 'user_satisfaction'].map((id) =>
      getMetric(ctx, id, { range }),
    ),
  ] as const);
  return {
    ...{ settings, mayManage, survey: survey!, response: response!, reviews: reviews! },
    ...{ distribution: await distributionOf(from, to), least: LEAST_ANSWERS },
    asked: await askedIn(from, to),
    comments: mayManage ? await commentsOf(from, to, page) : null,
  };
}

const released = (from: Date, to: Date) => ({
  releasedOn: { not: null },
  day: { gte: from, lt: to },
});

async function distributionOf(from: Date, to: Date): Promise<number[] | null> {
  const rows = await db().surveyAnswer.groupBy({
    by: ['score'],
    where: released(from, to),
    _count: true,
  });
  const counts = [1, 2, 3, 4, 5].map(
    (score) => rows.find((row) => row.score === score)?._count ?? 0,
  );
  return counts.reduce((sum, one) => sum + one, 0) < LEAST_ANSWERS ? null : counts;
}

async function askedIn(from: Date, to: Date) {
  const { _sum } = await db().surveyDay.aggregate({
    where: { day: { gte: from, lt: new Date(to.getTime() - 86_400_000) } },
    _sum: { asked: true, answered: true, skipped: true },
  });
  return { asked: _sum.asked ?? 0, answered: _sum.answered ?? 0, skipped: _sum.skipped ?? 0 };
}

async function commentsOf(from: Date, to: Date, page: number) {
  const rows = await db().surveyAnswer.findMany({
    where: { ...released(from, to), comment: { not: '' } },
    orderBy: [{ day: 'desc' }, { id: 'asc' }],
    skip: (page - 1) * PAGE,
    take: PAGE + 1,
    select: { id: true, day: true, comment: true, score: true, user: { select: { name: true } } },
  });
  const items = rows.slice(0, PAGE).map(({ id, day, comment, score, user }) => ({
    ...{ id, day: dayText(day), comment },
    ...(user ? { name: user.name, score } : { name: null, score: null }),
  }));
  return { items, page, hasMore: rows.length > PAGE };
}

export const RemoveCommentInput = z.object({ commentId: z.string().min(1).max(64) });
export type RemoveCommentInput = z.input<typeof RemoveCommentInput>;

/** Takes the words of a comment away for good; the answer counts still. @throws AppError forbidden | not_found | conflict */
export async function removeComment(ctx: Ctx, raw: RemoveCommentInput): Promise<void> {
  const { commentId: id } = RemoveCommentInput.parse(raw);
  requireCan(ctx, 'insight.manage');
  await transact(async (tx) => {
    const found = await tx.surveyAnswer.findFirst({ where: { id, releasedOn: { not: null } } });
    if (!found) throw notFound('This comment');
    const { count } = await tx.surveyAnswer.updateMany({
      where: { id, comment: { not: '' } },
      data: { comment: '' },
    });
    if (count === 0) throw conflict('This comment was removed already.');
    audit(tx, ctx, { action: 'survey.remove_comment', target: { type: 'survey', id }, detail: {} });
  });
}
