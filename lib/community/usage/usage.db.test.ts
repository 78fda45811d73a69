import { expect, it } from 'vitest';
import { refreshReaders } from '@/lib/catalog';
import { db, setClock } from '@/lib/core';
import { makeConsumer, makeTalkedAbout } from '@/lib/runtime/testing/community';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { flushUsage } from '@/lib/serving';
import { recordUsage } from '@/lib/serving/usage';
import { popularProducts, productStandings, recentlyUsed, usageDetail } from '..';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY = 86_400_000;

it('counts who was served what, and keeps who has read at all', async () => {
  setClock(() => NOW);
  const at = await makeTalkedAbout();
  const other = await makeTalkedAbout();
  const [keen, shy] = [await ctxOf(await makeUser()), await ctxOf(await makeUser())];
  const read = (ctx: typeof keen, more: { status?: number; columns?: string[] } = {}) =>
    recordUsage(ctx, {
      ...{ productId: at.productId, shape: 'rows', format: 'json', status: 200, rowCount: 5 },
      ...{ sizeBytes: 1, latencyMs: 1, decisionId: null, ...more },
    });
  setClock(() => NOW - 31 * DAY);
  read(shy);
  await flushUsage();
  setClock(() => NOW - 2 * DAY);
  read(keen);
  await flushUsage();
  setClock(() => NOW);
  for (let n = 0; n < 3; n += 1) read(keen, { columns: ['id'] });
  read(keen, { columns: ['gone'] });
  read(shy, { status: 403 });
  read(at.owner);
  await flushUsage();

  const readers = await db().productReader.findMany({
    where: { productId: at.productId },
    orderBy: { firstAt: 'asc' },
  });
  expect(readers.map((one) => [one.firstAt.getTime(), one.lastAt.getTime()])).toEqual([
    [NOW - 31 * DAY, NOW - 31 * DAY],
    [NOW - 2 * DAY, NOW],
    [NOW, NOW],
  ]);
  const detail = await usageDetail(at.owner, at.productId);
  expect(detail).toMatchObject({ reads: 6, readerCount: 2 });
  expect(detail.readers.map(({ reads, rows }) => [reads, rows])).toEqual([
    [5, 25],
    [1, 5],
  ]);
  // Three asked for it, two for everything; what is no column of it is left out.
  expect(detail.columns).toEqual([{ column: 'id', reads: 5 }]);
  await expect(usageDetail(keen, at.productId)).rejects.toMatchObject({ code: 'forbidden' });

  const standing = { consumers: 1, rating: null };
  expect(await productStandings(shy, [at.productId, other.productId])).toEqual({
    [at.productId]: standing,
    [other.productId]: { ...standing, consumers: 0 },
  });
  await refreshReaders();
  const popular = await popularProducts(shy);
  expect(popular.filter(({ id }) => id === at.productId)).toMatchObject([standing]);
  expect(JSON.stringify(popular)).not.toContain('portolan.example');
  expect((await recentlyUsed(keen)).map(({ id }) => id)).toEqual([at.productId]);
  expect(await recentlyUsed(await ctxOf(await makeUser()))).toEqual([]);
});

it('writes a reader once a minute, whatever number of processes serve them', async () => {
  setClock(() => NOW);
  const at = await makeTalkedAbout();
  const ctx = await makeConsumer(at.productId, { hasRead: false });
  const read = () =>
    recordUsage(ctx, {
      ...{ productId: at.productId, shape: 'rows', format: 'json', status: 200, rowCount: 1 },
      ...{ sizeBytes: 1, latencyMs: 1, decisionId: null },
    });
  const lastAt = async () => {
    await flushUsage();
    const row = await db().productReader.findFirstOrThrow({ where: { productId: at.productId } });
    return row.lastAt.getTime() - NOW;
  };
  read();
  expect(await lastAt()).toBe(0);
  setClock(() => NOW + 59_000);
  read();
  expect(await lastAt()).toBe(0);
  setClock(() => NOW + 61_000);
  read();
  expect(await lastAt()).toBe(61_000);
});
