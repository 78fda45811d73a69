import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { db, newId } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { buildServer } from '../server';
import { insightSharingRoutes } from './insight-sharing';

useTestDatabase();
let app: FastifyInstance;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  app = await buildServer(undefined, { insightSharingRoutes });
  const { id } = await makeDomain({ name: 'sales' });
  const people = {
    steward: await makeUser({ platformRoles: ['steward'] }),
    member: await makeMember(id, 'data_consumer'),
  };
  for (const [name, user] of Object.entries(people)) {
    const made = { name, scopes: ['catalog:read' as const, 'governance:write' as const] };
    tokens[name] = (await createApiToken(await ctxOf(user), { ...made, expiresInDays: 1 })).token;
  }
});
afterAll(() => app.close());

async function call(
  who: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
) {
  const response = await app.inject({
    ...{ method, url: `/api/v1/insight${url}`, ...(payload && { payload }) },
    headers: { authorization: `Bearer ${tokens[who]}` },
  });
  const body = response.body ? response.json() : null;
  return { status: response.statusCode, body };
}

it('the survey is set, and says what came of it', async () => {
  const set = { isOn: true, question: 'How is the portal?', isAnonymous: true, everyDays: 60 };
  expect(await call('member', 'PUT', '/survey', set)).toMatchObject({ status: 403 });
  expect(await call('steward', 'PUT', '/survey', { ...set, everyDays: 29 })).toMatchObject({
    status: 400,
  });
  expect(await call('steward', 'PUT', '/survey', set)).toEqual({ status: 204, body: null });
  const commentId = newId();
  const day = new Date('2026-11-01');
  await db().surveyAnswer.create({
    data: { id: commentId, score: 5, comment: 'Good', day, releasedOn: day },
  });
  const told = await call('member', 'GET', '/satisfaction?range=365d');
  expect(told.body).toMatchObject({ settings: set, distribution: null, comments: null });
  expect(await call('member', 'DELETE', `/survey/comments/${commentId}`)).toMatchObject({
    status: 403,
  });
  expect(await call('steward', 'DELETE', `/survey/comments/${commentId}`)).toMatchObject({
    status: 204,
  });
});

it('share links are made, listed, revoked, forbidden', async () => {
  const asked = { title: 'Board', days: 7, range: '7d', domain: 'sales', metric: 'data_reads' };
  const { status, body } = await call('member', 'POST', '/shares', asked);
  expect([status, body.url]).toEqual([201, expect.stringContaining('/shared/insight/')]);
  const mine = await call('member', 'GET', '/shares');
  expect(mine.body.shares).toMatchObject([{ id: body.id, place: 'the domain sales' }]);
  expect(JSON.stringify(mine.body)).not.toContain(body.url.split('/').at(-1));
  expect(await call('member', 'GET', '/shares?of=all')).toMatchObject({ status: 403 });
  expect(await call('member', 'DELETE', `/shares/${body.id}`)).toMatchObject({ status: 204 });
  expect(await call('member', 'DELETE', `/shares/${body.id}`)).toMatchObject({ status: 409 });
  expect(await call('steward', 'PUT', '/sharing', { isAllowed: false })).toMatchObject({
    status: 204,
  });
  expect(await call('member', 'POST', '/shares', asked)).toMatchObject({ status: 412 });
});

it('figures by e-mail are looked at first, and wait for a mail server', async () => {
  const when = { every: 'month', day: 28, hour: 7, timeZone: 'Asia/Tokyo', domain: 'sales' };
  const preview = await call('member', 'POST', '/digests/preview', when);
  expect(preview.body).toMatchObject({
    subject: 'Insight of the domain sales',
    text: expect.stringContaining('- Reads: 0'),
    hasMailServer: false,
  });
  expect(await call('member', 'POST', '/digests', when)).toMatchObject({ status: 412 });
  expect(await call('member', 'POST', '/digests', { ...when, day: 31 })).toMatchObject({
    status: 400,
  });
  expect((await call('member', 'GET', '/digests')).body).toEqual({
    digests: [],
    hasMailServer: false,
  });
  expect(await call('member', 'DELETE', '/digests/nothing')).toMatchObject({ status: 404 });
});
