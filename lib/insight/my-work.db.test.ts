import { expect, it } from 'vitest';
import { db, newId } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { myWork } from '.';

useTestDatabase();

it("shows a person's own drafts, failures and products, and everybody's new products", async () => {
  const domain = await makeDomain();
  const user = await makeMember(domain.id, 'data_producer');
  const other = await makeUser();
  const mine = await makeProduct({ domainId: domain.id, ownerId: user.id });
  const theirs = await makeProduct({ domainId: domain.id, ownerId: other.id });
  await makeProduct({ domainId: domain.id, ownerId: other.id, status: 'draft' });
  await db().productDraft.createMany({
    data: [
      { id: newId(), authorId: user.id, data: { name: 'orders', domain: domain.name } },
      { id: newId(), authorId: user.id, data: {} },
      { id: newId(), authorId: user.id, data: {}, submittedAt: new Date() },
      { id: newId(), authorId: other.id, data: { title: 'Not mine' } },
    ],
  });
  const run = (productId: string, status: string, at: number) =>
    db().provisioningRun.create({
      data: { id: newId(), productId, kind: 'provision', status, createdAt: new Date(at) },
    });
  await run(theirs.id, 'failed', 1);
  await run(mine.id, 'failed', 1);
  await run(mine.id, 'succeeded', 2);
  const work = await myWork(await ctxOf(user));
  expect(work.drafts.map((draft) => draft.title).sort()).toEqual(['Untitled draft', 'orders']);
  expect(work.failedRuns.map((row) => row.product)).toEqual([theirs.name]);
  expect(work.products.map((row) => row.name)).toEqual([mine.name]);
  expect(work.recent).toHaveLength(2);
  expect(work.canCreateProduct).toBe(true);
  const stranger = await myWork(await ctxOf(await makeUser()));
  expect(stranger).toMatchObject({ drafts: [], failedRuns: [], products: [] });
  expect(stranger.canCreateProduct).toBe(false);
});
