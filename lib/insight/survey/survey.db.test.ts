import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, pool, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { flushUsage, recordUsage } from '@/lib/serving';
import {
  answerSurvey,
  askSurvey,
  getMetric,
  listMetrics,
  mayBeAsked,
  metricRows,
  prometheusText,
  releaseAnswers,
  removeComment,
  satisfaction,
  setMetricTarget,
  setSurvey,
  skipSurvey,
} from '..';

useTestDatabase();
const DAY = 86_400_000;
const START = Date.parse('2026-03-02T09:00:00Z');
let clock = START;
const later = (ms: number) => {
  clock += ms;
};
const ON = { isOn: true, question: 'How is the portal?', isAnonymous: true, everyDays: 30 };
let steward: Ctx;
let productId: string;
beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  const owner = await makeMember(domain.id, 'data_producer');
  productId = (await makeProduct({ domainId: domain.id, ownerId: owner.id })).id;
  steward = await ctxOf(await makeUser({ name: 'Steward', platformRoles: ['steward'] }));
});
beforeEach(async () => {
  clock = START;
  setClock(() => clock);
  for (const table of ['survey_ask', 'survey_ballot', 'survey_day', 'survey_answer', 'setting']) {
    await pool().query(`delete from "${table}"`);
  }
  await setSurvey(steward, ON);
});

async function read(ctx: Ctx): Promise<void> {
  recordUsage(ctx, {
    ...{ productId, shape: 'rows', format: 'json', status: 200, rowCount: 1, sizeBytes: 1 },
    ...{ latencyMs: 1, decisionId: null },
  });
  await flushUsage();
}
/** Somebody who read rows two days ago, and again just now. */
async function reader(): Promise<Ctx> {
  const ctx = await ctxOf(await makeUser());
  later(-2 * DAY);
  await read(ctx);
  later(2 * DAY);
  await read(ctx);
  return ctx;
}
async function answered(score: number, comment = ''): Promise<Ctx> {
  const ctx = await reader();
  const { ballot } = (await askSurvey(ctx))!;
  await answerSurvey(ctx, { ballot, score, comment });
  return ctx;
}
const figure = async (id: string, range: '7d' | '30d' = '7d') => {
  const { value, sample } = await getMetric(steward, id, { range });
  return { value, sample };
};

describe('the question', () => {
  it('comes after a success, never on the first day, and only while the survey is on', async () => {
    const ctx = await ctxOf(await makeUser());
    expect(await mayBeAsked(ctx)).toBe(true);
    expect(await askSurvey(ctx)).toBeNull();
    await read(ctx);
    expect(await askSurvey(ctx)).toBeNull();
    later(DAY);
    expect(await askSurvey(ctx)).toBeNull();
    await read(ctx);
    await setSurvey(steward, { ...ON, isOn: false });
    expect([await mayBeAsked(ctx), await askSurvey(ctx)]).toEqual([false, null]);
    await setSurvey(steward, ON);
    later(16 * 60_000);
    expect(await askSurvey(ctx)).toBeNull();
    later(2 * 60_000);
    await read(ctx);
    expect(await askSurvey(ctx)).toMatchObject({ question: ON.question, isAnonymous: true });
    expect([await mayBeAsked(ctx), await askSurvey(ctx)]).toEqual([false, null]);
  });

  it('counts a statement of the workbench as a success', async () => {
    const ctx = await ctxOf(await makeUser());
    const userId = (ctx.actor as { id: string }).id;
    const run = (id: string, status: string, at: number) =>
      db().queryRun.create({
        data: {
          ...{ id: `${userId}${id}`, userId, sql: 'select 1', status, format: 'pages' },
          ...{ startedAt: new Date(at), finishedAt: new Date(at) },
        },
      });
    await run('1', 'done', clock - DAY);
    await run('2', 'failed', clock);
    expect(await askSurvey(ctx)).toBeNull();
    await run('3', 'done', clock);
    expect(await askSurvey(ctx)).not.toBeNull();
  });

  it('is put to one person once in 30 days, however many tabs ask at once', async () => {
    const ctx = await reader();
    const round = () => Promise.all(Array.from({ length: 12 }, () => askSurvey(ctx)));
    const asked = async () => (await round()).filter(Boolean).length;
    expect(await asked()).toBe(1);
    later(30 * DAY);
    await read(ctx);
    expect([await mayBeAsked(ctx), await asked()]).toEqual([false, 0]);
    // From any moment of the first day to any of the second are 30 whole days.
    later(DAY);
    await read(ctx);
    expect([await mayBeAsked(ctx), await asked()]).toEqual([true, 1]);
    const userId = (ctx.actor as { id: string }).id;
    const again = pool().query(`update survey_ask set "askedOn" = $1 where "userId" = $2`, [
      '2026-04-05',
      userId,
    ]);
    await expect(again).rejects.toThrow(/30 days/);
    const days = await db().surveyDay.findMany({ orderBy: { day: 'asc' } });
    expect(days.map(({ asked: n }) => n)).toEqual([1, 1]);
  });

  it('rests as long as the organisation says, and nobody may make it less than 30 days', async () => {
    await setSurvey(steward, { ...ON, everyDays: 90 });
    const ctx = await reader();
    expect(await askSurvey(ctx)).not.toBeNull();
    later(89 * DAY);
    await read(ctx);
    expect(await askSurvey(ctx)).toBeNull();
    later(2 * DAY);
    await read(ctx);
    expect(await askSurvey(ctx)).not.toBeNull();
    await expect(setSurvey(steward, { ...ON, everyDays: 29 })).rejects.toThrow(/30 days/);
    await expect(setSurvey(ctx, ON)).rejects.toMatchObject({ code: 'forbidden' });
    await setSurvey(steward, ON);
    await expect(setSurvey(steward, ON)).rejects.toMatchObject({ code: 'conflict' });
    const [row] = await db().auditEvent.findMany({
      where: { action: 'survey.set' },
      orderBy: { at: 'desc' },
      take: 1,
    });
    expect(row?.detail).toMatchObject({ before: { everyDays: 90 }, after: { everyDays: 30 } });
  });

  it('is answered or skipped once, within a day', async () => {
    const [one, two] = [await reader(), await reader()];
    const first = (await askSurvey(one))!;
    const second = (await askSurvey(two))!;
    await expect(answerSurvey(one, { ballot: first.ballot, score: 6 })).rejects.toThrow();
    const both = await Promise.allSettled(
      [1, 5].map((score) => answerSurvey(one, { ballot: first.ballot, score })),
    );
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(skipSurvey(one, first)).rejects.toMatchObject({ code: 'conflict' });
    await skipSurvey(two, second);
    await expect(answerSurvey(two, { ballot: second.ballot, score: 5 })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await db().surveyDay.findMany()).toMatchObject([{ asked: 2, answered: 1, skipped: 1 }]);
    const three = await reader();
    const { ballot } = (await askSurvey(three))!;
    later(2 * DAY);
    await expect(answerSurvey(three, { ballot, score: 5 })).rejects.toMatchObject({
      code: 'conflict',
    });
    await releaseAnswers();
    expect(await db().surveyBallot.count()).toBe(0);
  });
});

describe('an anonymous answer', () => {
  /** Everything that the database holds that is not the answer itself, as text. */
  const everything = async () => {
    const { rows: tables } = await pool().query<{ name: string }>(
      `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and not relispartition and relname <> '_prisma_migrations'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await pool().query(`select t::text as row from "${name}" t`);
      found.push(...rows.map(({ row }) => `${name}: ${row}`));
    }
    return found;
  };

  it('adds no row that names its writer, and no moment', async () => {
    const ctx = await reader();
    const question = (await askSurvey(ctx))!;
    const before = new Set(await everything());
    await answerSurvey(ctx, { ballot: question.ballot, score: 2, comment: 'Too slow' });
    const added = (await everything()).filter((row) => !before.has(row));
    expect(added).toHaveLength(2);
    expect(added).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^survey_answer: \([0-9a-f-]{36},2,"Too slow",,2026-03-02,\)$/),
        'survey_day: (2026-03-02,1,1,0)',
      ]),
    );
    const { id } = await db().surveyAnswer.findFirstOrThrow();
    // Version 4: random. Version 7, as other ids are, would say the moment.
    expect(id[14]).toBe('4');
    expect(await db().surveyBallot.count()).toBe(0);
    expect(JSON.stringify(await everything())).not.toContain(question.ballot);
    expect(await db().auditEvent.count({ where: { action: { startsWith: 'survey.a' } } })).toBe(0);
  });

  it('is shown with at least four others of finished days, written anew in one transaction', async () => {
    for (const score of [1, 5, 4, 5]) await answered(score);
    const ids = new Set((await db().surveyAnswer.findMany()).map((one) => one.id));
    later(DAY);
    expect(await releaseAnswers()).toBe(0);
    await answered(3, 'Fine');
    expect(await releaseAnswers()).toBe(0);
    expect(await figure('survey_satisfaction')).toEqual({ value: null, sample: 0 });
    const hidden = await satisfaction(steward, { range: '7d' });
    expect([hidden.distribution, hidden.comments?.items]).toEqual([null, []]);
    later(DAY);
    const counts = await Promise.all([releaseAnswers(), releaseAnswers(), releaseAnswers()]);
    expect(counts.sort()).toEqual([0, 0, 5]);
    const { rows } = await pool().query<{ id: string; xmin: string; day: string }>(
      'select id, xmin::text, day::text from survey_answer order by ctid',
    );
    expect(rows.filter(({ id }) => ids.has(id))).toEqual([]);
    expect(new Set(rows.map((row) => `${row.xmin} ${row.day}`)).size).toBe(1);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
    expect(await figure('survey_satisfaction')).toEqual({ value: 60, sample: 5 });
    const shown = await satisfaction(steward, { range: '7d' });
    expect(shown.distribution).toEqual([1, 0, 1, 1, 2]);
    expect(shown.comments?.items).toEqual([
      { id: expect.any(String), day: '2026-03-03', comment: 'Fine', name: null, score: null },
    ]);
  });

  it('cannot be had as the difference of two views: they differ by five or more, or not at all', async () => {
    const perDay = [6, 1, 0, 3, 2, 7, 4, 1];
    const seen: number[] = [0];
    for (const [at, count] of perDay.entries()) {
      for (let n = 0; n < count; n += 1) await answered(1 + ((at + n) % 5));
      later(DAY);
      await releaseAnswers();
      for (const range of ['7d', '30d', '90d'] as const) {
        const { points } = await getMetric(steward, 'survey_satisfaction', { range });
        expect(points.filter(({ sample }) => sample > 0 && sample < 5)).toEqual([]);
      }
      seen.push((await figure('survey_satisfaction', '30d')).sample);
    }
    const steps = seen.slice(1).map((sample, at) => sample - seen[at]!);
    expect(steps).toEqual([6, 0, 0, 0, 6, 7, 0, 5]);
  });

  it('stays anonymous when the organisation changes its mind, also where the question is open', async () => {
    const [before, open] = [await reader(), await reader()];
    const one = (await askSurvey(before))!;
    await answerSurvey(before, { ballot: one.ballot, score: 5 });
    const promised = (await askSurvey(open))!;
    await setSurvey(steward, { ...ON, isAnonymous: false });
    await answerSurvey(open, { ballot: promised.ballot, score: 5 });
    const named = await answered(4, 'By name');
    const other = await reader();
    const theirs = (await askSurvey(other))!;
    expect(theirs.isAnonymous).toBe(false);
    // Another person's ballot of a named question is nobody else's.
    await expect(answerSurvey(before, { ballot: theirs.ballot, score: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
    const rows = await db().surveyAnswer.findMany({ orderBy: { score: 'asc' } });
    expect(
      rows.map(({ score, userId, releasedOn }) => [score, userId, releasedOn !== null]),
    ).toEqual([
      [4, (named.actor as { id: string }).id, true],
      [5, null, false],
      [5, null, false],
    ]);
    await setSurvey(steward, ON);
    later(DAY);
    expect(await releaseAnswers()).toBe(0);
    const { comments } = await satisfaction(steward);
    expect(comments?.items).toMatchObject([{ comment: 'By name', score: 4 }]);
    expect(comments?.items[0]?.name).toBeTruthy();
  });
});

describe('what comes of it', () => {
  it('response rate: who was asked on finished days, and too little is told', async () => {
    for (const score of [5, 4, 3]) await answered(score);
    await skipSurvey(steward, { ballot: 'x' }).catch(() => undefined);
    const skipper = await reader();
    await skipSurvey(skipper, (await askSurvey(skipper))!);
    expect(await figure('survey_response_rate')).toEqual({ value: null, sample: 0 });
    later(DAY);
    expect(await figure('survey_response_rate')).toEqual({ value: null, sample: 4 });
    const silent = await reader();
    await askSurvey(silent);
    later(DAY);
    expect(await figure('survey_response_rate')).toEqual({ value: 60, sample: 5 });
    const { asked } = await satisfaction(steward, { range: '7d' });
    expect(asked).toEqual({ asked: 5, answered: 3, skipped: 1 });
    const { rows } = await metricRows(steward, 'survey_response_rate', { range: '7d' });
    expect(rows.map(({ label, address }) => [label, address])).toEqual([
      ['1 asked, 0 answered, 0 skipped', null],
      ['4 asked, 3 answered, 1 skipped', null],
    ]);
  });

  it('is of the portal: there is no figure of a domain', async () => {
    const { metrics } = await listMetrics(steward, { domain: 'sales' });
    expect(metrics.filter(({ metric }) => metric.isOfPortal)).toEqual([]);
    const of = { domain: 'sales' };
    for (const ask of [
      () => getMetric(steward, 'survey_satisfaction', of),
      () => metricRows(steward, 'survey_satisfaction', of),
      () => setMetricTarget(steward, { metric: 'survey_satisfaction', ...of, value: 80 }),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const score of [5, 4, 3, 2, 1]) await answered(score);
    later(DAY);
    await releaseAnswers();
    expect(await prometheusText(steward)).toContain(
      'portolan_survey_satisfaction{scope="mesh"} 40\n',
    );
    const detail = await getMetric(steward, 'survey_satisfaction');
    expect([detail.parts, detail.query.sql.includes('survey_answer')]).toEqual([[], true]);
  });

  it('comments are for those who look after the survey, who can take one away', async () => {
    await setSurvey(steward, { ...ON, isAnonymous: false });
    const writer = await answered(5, 'Call me at 555');
    expect((await satisfaction(writer)).comments).toBeNull();
    const [comment] = (await satisfaction(steward)).comments!.items;
    const one = { commentId: comment!.id };
    await expect(removeComment(writer, one)).rejects.toMatchObject({ code: 'forbidden' });
    await removeComment(steward, one);
    await expect(removeComment(steward, one)).rejects.toMatchObject({ code: 'conflict' });
    expect((await satisfaction(steward)).comments!.items).toEqual([]);
    const details = await db().auditEvent.findMany({ select: { detail: true } });
    expect(JSON.stringify(details)).not.toContain('555');
  });
});
