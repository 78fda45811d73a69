import { beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, type PlatformRole, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { deleteAuditView, listAuditViews, saveAuditView, updateAuditView } from './index';

useTestDatabase();

async function person(name: string, platformRoles: PlatformRole[] = ['steward']): Promise<Ctx> {
  const id = newId();
  const email = `${name}-${id}@x.example`;
  await db().user.create({ data: { id, email, name, platformRoles } });
  return {
    actor: { type: 'user', id, email, name, platformRoles, memberships: [] },
    requestId: newId(),
    via: 'session',
  };
}

const names = async (ctx: Ctx) => (await listAuditViews(ctx)).map(({ name }) => name);
beforeEach(async () => {
  await db().auditView.deleteMany();
});

describe('saved searches', () => {
  it('are one’s own until they are shared, and stay one’s own to change', async () => {
    const [ann, bob] = [await person('Ann'), await person('Bob')];
    const query = 'decision=deny&actor=a%40x.example&after=1.2.3&event=e&nonsense=1';
    const { viewId, query: kept } = await saveAuditView(ann, { name: ' Refusals ', query });
    expect(kept).toBe('actor=a%40x.example&decision=deny');
    expect(await names(bob)).toEqual([]);
    await updateAuditView(ann, { viewId, isShared: true });
    expect(await listAuditViews(bob)).toEqual([
      { id: viewId, name: 'Refusals', query: kept, isShared: true, isMine: false, owner: 'Ann' },
    ]);
    for (const attempt of [
      updateAuditView(bob, { viewId, name: 'Mine' }),
      deleteAuditView(bob, { viewId }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
    }
    await updateAuditView(ann, { viewId, name: 'No', isShared: false });
    expect(await names(bob)).toEqual([]);
    expect(await names(ann)).toEqual(['No']);
    const was = await deleteAuditView(ann, { viewId });
    await saveAuditView(ann, was);
    expect(await names(ann)).toEqual(['No']);
  });

  it('leave rows that say what changed', async () => {
    const ann = await person('Ann');
    const { viewId } = await saveAuditView(ann, { name: 'A', query: 'action=policy.' });
    await updateAuditView(ann, { viewId, name: 'B' });
    await deleteAuditView(ann, { viewId });
    const rows = await db().auditEvent.findMany({
      where: { targetId: viewId },
      orderBy: { at: 'asc' },
    });
    expect(rows.map(({ action, detail }) => ({ action, detail }))).toMatchObject([
      { action: 'audit.view.save', detail: { after: { query: 'action=policy.' } } },
      { action: 'audit.view.update', detail: { before: { name: 'A' }, after: { name: 'B' } } },
      { action: 'audit.view.delete', detail: { before: { query: 'action=policy.' }, after: {} } },
    ]);
  });

  it('refuse names that are taken, searches that make no sense and too many', async () => {
    const ann = await person('Ann');
    const query = 'kind=verb';
    const { viewId } = await saveAuditView(ann, { name: 'A', query });
    await saveAuditView(ann, { name: 'B', query });
    const taken = { code: 'conflict', details: { fields: { name: expect.any(String) } } };
    await expect(saveAuditView(ann, { name: 'A', query })).rejects.toMatchObject(taken);
    await expect(updateAuditView(ann, { viewId, name: 'B' })).rejects.toMatchObject(taken);
    for (const wrong of ['', 'after=1.2.3', 'decision=maybe', 'from=soon']) {
      await expect(saveAuditView(ann, { name: 'C', query: wrong })).rejects.toMatchObject({
        name: 'ZodError',
      });
    }
    const actor = ann.actor as { id: string };
    await db().auditView.createMany({
      data: Array.from({ length: 47 }, (_, i) => ({
        id: newId(),
        userId: actor.id,
        name: `v${i}`,
        query,
      })),
    });
    const both = await Promise.allSettled(
      ['X', 'Y'].map((name) => saveAuditView(ann, { name, query })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are for people who may read the log; who manages people may take a shared one away', async () => {
    const nobody = await person('Nobody', []);
    await expect(saveAuditView(nobody, { name: 'A', query: 'kind=verb' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listAuditViews(nobody)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      saveAuditView(systemCtx('test'), { name: 'A', query: 'kind=verb' }),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
    const [ann, admin] = [await person('Ann'), await person('Admin', ['platform_admin'])];
    const mine = await saveAuditView(ann, { name: 'Mine', query: 'kind=verb' });
    const shared = await saveAuditView(ann, { name: 'S', query: 'kind=verb', isShared: true });
    await expect(deleteAuditView(admin, mine)).rejects.toMatchObject({ code: 'not_found' });
    await deleteAuditView(admin, shared);
    expect(await names(ann)).toEqual(['Mine']);
  });
});
