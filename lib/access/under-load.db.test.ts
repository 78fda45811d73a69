import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { type Ctx, setEnv, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { type ApiProcess, startApiProcess } from '@/lib/http/testing/api-process';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { changeGrant, grantAccess, revokeGrant } from './index';

useTestDatabase();
/** The promise: a change holds in every process after this. */
const WITHIN_MS = 1000;
const READERS = 4;

interface Read {
  web: number;
  startedAt: number;
  status: number;
  columns: string;
}

let webs: ApiProcess[];
let owner: Ctx;
let email: string;
let productId: string;
let token: string;
const reads: Read[] = [];
let isOver = false;
let load: Promise<unknown>;

beforeAll(async () => {
  setEnv({ PORTOLAN_AUTH_SECRET: 'a-secret-for-tests-of-32-characters!' });
  await seedPolicies(systemCtx('test'));
  const domain = await makeDomain({ name: 'sales' });
  const person = await makeMember(domain.id, 'data_admin');
  owner = await ctxOf(person);
  const reader = await makeUser();
  email = reader.email;
  const { product } = await makeLiveProduct({
    ...{ domainId: domain.id, ownerId: person.id, name: 'orders', classification: 'confidential' },
    fields: [
      { name: 'id', type: 'long' },
      { name: 'email', type: 'string' },
    ],
    sql: `select i as id, 'p' || i as email from range(100) t(i)`,
  });
  productId = product.id;
  const made = { name: 'load', scopes: ['data:read' as const], expiresInDays: 1 };
  token = (await createApiToken(await ctxOf(reader), made)).token;
  webs = await Promise.all([startApiProcess(), startApiProcess()]);
  load = Promise.all(webs.flatMap((_, web) => Array.from({ length: READERS }, () => readOn(web))));
});
afterAll(async () => {
  isOver = true;
  await load;
  await Promise.all(webs.map((web) => web.kill()));
  await closeLake();
});

async function readOn(web: number): Promise<void> {
  while (!isOver) {
    const startedAt = Date.now();
    const response = await fetch(
      `${webs[web]!.origin}/api/v1/data/sales/orders/rows.json?limit=1`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    );
    const body = (await response.json()) as { columns?: { name: string }[] };
    const columns = (body.columns ?? []).map((one) => one.name).join();
    reads.push({ web, startedAt, status: response.status, columns });
  }
}

/** Resolves when each process has answered a read that began at this moment or later. */
async function readSince(moment: number): Promise<Read[]> {
  await expect
    .poll(() => new Set(since(moment).map((one) => one.web)).size, {
      timeout: 20_000,
      interval: 10,
    })
    .toBe(webs.length);
  return since(moment);
}
const since = (moment: number) => reads.filter((one) => one.startedAt >= moment);

/** Every read that begins a second after the change is as it has to be, in both processes. */
async function holdsAfter(changedAt: number, isRight: (read: Read) => boolean): Promise<void> {
  await readSince(changedAt + WITHIN_MS + 200);
  const late = since(changedAt + WITHIN_MS).filter((one) => !isRight(one));
  expect(late).toEqual([]);
  const lag = Math.max(
    0,
    ...since(changedAt)
      .filter((one) => !isRight(one))
      .map((one) => one.startedAt - changedAt),
  );
  expect(lag).toBeLessThan(WITHIN_MS);
}

it('what is granted, narrowed, ended and revoked under load holds in both processes within a second', async () => {
  await readSince(Date.now());
  expect(reads.every((one) => one.status === 403)).toBe(true);

  const { grantId } = await grantAccess(owner, { productId, email, purpose: 'A study' });
  await holdsAfter(Date.now(), (one) => one.status === 200 && one.columns === 'id,email');

  await changeGrant(owner, { grantId, terms: { columns: { id: { as: 'plain' } } } });
  await holdsAfter(Date.now(), (one) => one.status === 200 && one.columns === 'id');

  const expiresAt = new Date(Date.now() + 500);
  await changeGrant(owner, { grantId, expiresAt });
  await holdsAfter(expiresAt.getTime(), (one) => one.status === 403);

  const second = await grantAccess(owner, { productId, email, purpose: 'A study' });
  await holdsAfter(Date.now(), (one) => one.status === 200);
  await revokeGrant(owner, second);
  await holdsAfter(Date.now(), (one) => one.status === 403);
  expect(reads.filter((one) => one.status === 200).length).toBeGreaterThan(20);
});
