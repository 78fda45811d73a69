import { beforeAll, beforeEach, expect, it } from 'vitest';
import { grantAccess } from '@/lib/access';
import { type Ctx, db, newId, setClock, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { archiveCheck, createCheck, updateCheck } from '..';
import { activeChecks } from './custom/judge';
import { verdictsOf } from './custom/verdicts';
import { judgeChanged, judgeProducts } from './evaluate';
import { recordAll } from './record';

useTestDatabase();
const DAY = 86_400_000;
let clock: number;
let steward: Ctx;
let domain: { id: string; name: string };
let ids: string[];
beforeAll(async () => {
  await seedPolicies(systemCtx('seed'));
  steward = await ctxOf(await makeUser({ platformRoles: ['steward', 'platform_admin'] }));
});
beforeEach(async () => {
  clock = Date.now();
  setClock(() => clock);
  await db().customCheck.deleteMany();
  await db().product.updateMany({ data: { status: 'retired' } });
  await recordAll();
  domain = await makeDomain();
  const ownerId = (await makeUser()).id;
  const made = await Promise.all(
    Array.from({ length: 4 }, () => makeProduct({ domainId: domain.id, ownerId })),
  );
  ids = made.map(({ id }) => id).sort();
});

const own = {
  ...{ name: 'few-grants', title: 'Few may read it', words: 'At most one grant is in force.' },
  ...{ property: 'secure' as const, level: 1, expression: 'measured.grants <= 1' },
  nextStep: 'Revoke the grants that nobody needs.',
};

/** A round, after which what is recorded must be what every check says from scratch. @returns whose scorecards were written */
async function round(): Promise<string[]> {
  clock += DAY;
  const changed = await db().$transaction((tx) => judgeChanged(ids, tx));
  await recordAll();
  const rows = await db().scorecard.findMany({ orderBy: { productId: 'asc' } });
  const { judged } = await judgeProducts(ids);
  expect(rows.map(({ since: _, ...row }) => row)).toEqual(
    judged.sort((a, b) => (a.productId < b.productId ? -1 : 1)),
  );
  return changed.map(({ productId }) => productId).sort();
}

it('writes what has changed, and leaves the rest in the database', async () => {
  expect(await round()).toEqual(ids);
  expect(await round()).toEqual([]);
  await db().product.update({
    where: { id: ids[1]! },
    data: { description: 'One row a ship, no more.' },
  });
  expect(await round()).toEqual([ids[1]]);
  expect(await round()).toEqual([]);
});

it('sees what time alone changes', async () => {
  const reader = await makeUser();
  await db().grant.create({
    data: {
      ...{ id: newId(), productId: ids[2]!, subjectId: reader.id, purpose: 'A study' },
      ...{ grantedById: reader.id, reviewAt: new Date(clock + 2.5 * DAY) },
      expiresAt: new Date(clock + 5.5 * DAY),
    },
  });
  await round();
  expect([await round(), await round(), await round()]).toEqual([[], [ids[2]], []]);
  expect([await round(), await round(), await round()]).toEqual([[], [ids[2]], []]);
});

it('counts otherwise when a steward’s check has another level, property or scope', async () => {
  await round();
  await createCheck(steward, { ...own, expression: 'size(columns) > 90' });
  expect(await round()).toEqual(ids);
  expect(await round()).toEqual([]);
  const { name: _, ...fields } = { ...own, expression: 'size(columns) > 90' };
  const write = (rev: number, change: object) =>
    updateCheck(steward, { ...fields, ...change, name: own.name, rev });
  // The verdicts stay: only what they count for is another.
  await write(1, { level: 3 });
  expect(await round()).toEqual(ids);
  await write(2, { property: 'valuable', level: 2 });
  expect(await round()).toEqual(ids);
  await write(3, { property: 'valuable', level: 2 });
  expect(await round()).toEqual([]);
  await write(4, { expression: 'size(columns) < 90' });
  expect(await round()).toEqual(ids);
  await archiveCheck(steward, { name: own.name, rev: 5 });
  expect(await round()).toEqual(ids);
  await archiveCheck(steward, { name: own.name, rev: 6, isArchived: false });
  expect(await round()).toEqual(ids);
  expect(await round()).toEqual([]);
});

it('evaluates an expression anew on a product whose facts have changed, and on no other', async () => {
  await createCheck(steward, own);
  await round();
  const verdicts = async () => {
    const known = verdictsOf(await activeChecks(db()));
    return ids.map((id) => known.get(id)?.results);
  };
  const before = await verdicts();
  expect(before.every((one) => one?.[own.name]?.[0] === 'pass')).toBe(true);
  expect(await round()).toEqual([]);
  (await verdicts()).forEach((one, at) => void expect(one).toBe(before[at]));

  const owner = await ctxOf({
    id: (await db().product.findFirstOrThrow({ where: { id: ids[0]! } })).ownerId,
  });
  for (let n = 0; n < 2; n += 1) {
    const { email } = await makeUser();
    await grantAccess(owner, { productId: ids[0]!, email, purpose: 'A study' });
  }
  expect(await round()).toEqual([ids[0]]);
  const after = await verdicts();
  expect(after[0]?.[own.name]?.[0]).toBe('fail');
  expect(after.slice(1)).toEqual(before.slice(1));
  await db().grant.updateMany({ where: { productId: ids[0]! }, data: { revokedAt: new Date() } });
  expect(await round()).toEqual([ids[0]]);
  expect((await verdicts())[0]?.[own.name]?.[0]).toBe('pass');
});

it('evaluates what asks for the age of rows every time', async () => {
  const snapshotId = newId();
  await db().snapshot.create({
    data: {
      ...{ id: snapshotId, productId: ids[0]!, environment: 'production', number: 1 },
      ...{ status: 'ready', runId: newId(), createdAt: new Date() },
    },
  });
  await db().productEnvironment.create({
    data: { productId: ids[0]!, environment: 'production', status: 'live', snapshotId },
  });
  const expression = '!has(measured.ageHours) || measured.ageHours < 2.0';
  await createCheck(steward, { ...own, expression });
  await round();
  expect(await round()).toEqual([]);
  const createdAt = new Date(Date.now() - 3 * 3_600_000);
  await db().snapshot.update({ where: { id: snapshotId }, data: { createdAt } });
  expect(await round()).toEqual([ids[0]]);
});
