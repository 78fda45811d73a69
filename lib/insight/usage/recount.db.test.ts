import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ctx, db, pool } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { inline } from '@/lib/runtime/testing/inline-runs';
import { failRecount, listRecounts, previewRecount, recountRun, requestRecount } from '..';
import { fromEvents, fromRollUps, writeBesideEachOther } from '../testing/usage-events';

useTestDatabase();
const nothing = async () => undefined;
const DAYS = { from: '2026-03-01', to: '2026-03-04' };
let admin: Ctx;
let products: string[];
beforeAll(async () => {
  const person = await makeUser({ platformRoles: ['platform_admin'] });
  admin = await ctxOf(person);
  const domain = await makeDomain({ name: 'sales' });
  for (const name of ['orders', 'goods', 'visits'])
    await makeProduct({ domainId: domain.id, ownerId: person.id, name });
  products = (await db().product.findMany()).map(({ id }) => id);
});
beforeEach(async () => {
  await db().usageRecount.deleteMany();
  await db().usageKept.updateMany({ data: { since: new Date('0001-01-01T00:00:00Z') } });
});
/** As if something had gone wrong with them. */
const spoil = () =>
  pool().query(`update usage_day set reads = reads + 5, readers = ~readers; update usage_domain_day set "byOthers" = 0; update usage_reader_day set reads = 1;
    delete from usage_hour where "productId" = (select min("productId") from usage_hour);
    insert into usage_day select 'nowhere', day, 0, 1, 1, 1, 1, 1, 1, 1, readers from usage_day limit 1`);

it('counts days again exactly, while several processes write and one of them is killed', async () => {
  await writeBesideEachOther(products);
  await spoil();
  expect(await fromRollUps()).not.toEqual(await fromEvents());
  const { recountId } = await requestRecount(admin, DAYS);
  const turns = Array.from({ length: 5 }, async () => {
    for (const day of ['2026-03-02', '2026-03-03'])
      await pool().query('select usage_recount($1)', [day]);
  });
  await Promise.all([
    recountRun(inline, recountId, nothing),
    recountRun(inline, recountId, nothing),
    writeBesideEachOther(products),
    ...turns,
  ]);
  expect(await fromRollUps()).toEqual(await fromEvents());
  expect((await listRecounts(admin)).recounts).toMatchObject([
    { id: recountId, ...DAYS, status: 'succeeded', done: 4, days: 4 },
  ]);
  const asked = { action: 'usage.recount', targetId: recountId };
  expect(await db().auditEvent.count({ where: asked })).toBe(1);
});

it('goes on where it was cut, and leaves nothing half done', async () => {
  await writeBesideEachOther(products);
  await spoil();
  const { recountId } = await requestRecount(admin, DAYS);
  let days = 0;
  const cut = async () => {
    days += 1;
    if (days === 3) throw new Error('cut');
  };
  const before = (await fromRollUps()).days;
  await expect(recountRun(inline, recountId, cut)).rejects.toThrow('cut');
  const [row] = (await listRecounts(admin)).recounts;
  expect(row).toMatchObject({ status: 'queued', done: 2, finishedAt: null });
  const third = (rows: { at: Date }[] | undefined) =>
    rows?.filter(({ at }) => at.toISOString().startsWith('2026-03-03'));
  expect(third((await fromRollUps()).days)).toEqual(third(before));
  await recountRun(inline, recountId, nothing);
  expect(await fromRollUps()).toEqual(await fromEvents());
});

it('is refused for days whose events are gone, that are still to come, or while another is under way', async () => {
  await expect(
    requestRecount(admin, { from: '2026-03-02', to: '2026-03-01' }),
  ).rejects.toMatchObject({ code: 'invalid' });
  await expect(
    requestRecount(admin, { from: '2024-03-02', to: '2026-03-01' }),
  ).rejects.toMatchObject({ code: 'invalid' });
  await expect(
    requestRecount(admin, { from: '9999-01-01', to: '9999-01-01' }),
  ).rejects.toMatchObject({ code: 'invalid' });
  const stranger = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  await expect(requestRecount(stranger, DAYS)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(listRecounts(stranger)).rejects.toMatchObject({ code: 'forbidden' });
  const { recountId } = await requestRecount(admin, DAYS);
  await expect(requestRecount(admin, DAYS)).rejects.toMatchObject({ code: 'conflict' });

  // They go after it was asked for.
  const held = await fromRollUps();
  await db().usageKept.updateMany({ data: { since: new Date('2026-03-03T00:00:00Z') } });
  await recountRun(inline, recountId, nothing);
  expect(await fromRollUps()).toEqual(held);
  expect((await listRecounts(admin)).recounts[0]).toMatchObject({
    ...{ status: 'failed', done: 0, failure: 'The events of 2026-03-01 are not held any more.' },
  });
  await expect(requestRecount(admin, DAYS)).rejects.toThrow('Begin on 2026-03-03 or later');
  expect((await listRecounts(admin)).since).toBe('2026-03-03');
});

it('says beforehand what it is about, and afterwards what it changed', async () => {
  await writeBesideEachOther(products);
  const honest = await previewRecount(admin, DAYS);
  expect(honest).toMatchObject({ ...DAYS, days: 4, daysWithUse: 2 });
  expect(honest.reads).toBeGreaterThan(0);
  await pool().query(`update usage_domain_day set reads = reads + 7 where day = '2026-03-02T00:00Z' and chunk = 0
    and "domainId" = (select id from domain where name = 'sales')`);
  expect((await previewRecount(admin, DAYS)).reads).toBe(honest.reads + 7);
  const { recountId } = await requestRecount(admin, DAYS);
  await recountRun(inline, recountId, nothing);
  expect((await listRecounts(admin)).recounts[0]).toMatchObject({
    ...{ readsBefore: honest.reads + 7, readsAfter: honest.reads },
  });
  const stranger = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  await expect(previewRecount(stranger, DAYS)).rejects.toMatchObject({ code: 'forbidden' });
  const backwards = previewRecount(admin, { from: DAYS.to, to: DAYS.from });
  await expect(backwards).rejects.toMatchObject({ code: 'invalid' });
});

it('that cannot go on says why, and keeps nobody from asking again', async () => {
  const { recountId } = await requestRecount(admin, DAYS);
  await failRecount(recountId, 'The disk is full.');
  const failed = { id: recountId, status: 'failed', failure: 'The disk is full.' };
  expect((await listRecounts(admin)).recounts[0]).toMatchObject(failed);
  const again = await requestRecount(admin, DAYS);
  await recountRun(inline, again.recountId, nothing);
  await failRecount(again.recountId, 'Too late.');
  expect((await listRecounts(admin)).recounts[0]).toMatchObject({ status: 'succeeded' });
});
