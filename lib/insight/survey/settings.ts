import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, requireCan, type Tx, transact } from '@/lib/core';
import { changeSetting, readSetting } from '../settings';

const KEY = 'survey';
export const LEAST_DAYS = 30;
const Stored = z.object({
  isOn: z.boolean().default(false),
  question: z.string().default('How satisfied are you with the portal?'),
  isAnonymous: z.boolean().default(true),
  everyDays: z.number().default(90),
});
export type SurveySettings = z.output<typeof Stored>;

export const surveySettings = (tx?: Tx): Promise<SurveySettings> => readSetting(KEY, Stored, tx);

export const SetSurveyInput = z.object({
  isOn: z.boolean(),
  question: z.string().trim().min(10, 'Write a question.').max(200, 'Use at most 200 characters.'),
  /** Holds for those who are asked from now on: what was answered before stays as it was promised. */
  isAnonymous: z.boolean(),
  everyDays: z.coerce
    .number('Write a number of days.')
    .int('Use whole days.')
    .min(LEAST_DAYS, `Nobody is asked twice in ${LEAST_DAYS} days.`)
    .max(365, 'Use at most 365 days.'),
});
export type SetSurveyInput = z.input<typeof SetSurveyInput>;

/** Says whether people are asked, what, how often, and whether answers name them. @throws AppError forbidden | conflict */
export async function setSurvey(ctx: Ctx, raw: SetSurveyInput): Promise<void> {
  const settings = SetSurveyInput.parse(raw);
  requireCan(ctx, 'insight.manage');
  await transact(async (tx) => {
    const detail = changed(await changeSetting(tx, KEY, Stored, settings), settings);
    if (Object.keys(detail.after ?? {}).length === 0) throw conflict('The survey is so already.');
    audit(tx, ctx, { action: 'survey.set', target: { type: 'setting', id: KEY }, detail });
  });
}
