import { beforeEach, describe, expect, it } from 'vitest';
import { listInbox } from '@/lib/alerts';
import { type Ctx, db, newId, notify, systemCtx, transact } from '@/lib/core';
import { audienceOf, discoverable } from '@/lib/governance';
import { makeConsumer, makeTalkedAbout } from '@/lib/runtime/testing/community';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { heard } from '@/lib/runtime/testing/heard';
import {
  answerQuestion,
  askQuestion,
  closeQuestion,
  listFollows,
  productFollow,
  setFollow,
} from '..';

useTestDatabase();
let at: Awaited<ReturnType<typeof makeTalkedAbout>>;
beforeEach(async () => {
  at = await makeTalkedAbout({ classification: 'restricted' });
});
const idOf = (ctx: Ctx) => (ctx.actor as { id: string }).id;
const audience = (event: Parameters<typeof audienceOf>[2], also: string[] = []) =>
  transact((tx) => audienceOf(tx, at.productId, event, also));

describe('following', () => {
  it('comes with a grant, is switched off event by event, and ends with the grant', async () => {
    const consumer = await makeConsumer(at.productId);
    const { productId } = at;
    const before = await productFollow(consumer, productId);
    expect(before).toEqual({ isFollowing: true, byGrant: true, muted: [], isOwner: false });
    expect(await audience('slo_burn')).toEqual([idOf(consumer)]);
    await setFollow(consumer, { productId, isFollowing: true, muted: ['slo_burn', 'slo_burn'] });
    expect(await audience('slo_burn')).toEqual([]);
    expect(await audience('deprecation')).toEqual([idOf(consumer)]);
    expect(await productFollow(consumer, productId)).toMatchObject({ muted: ['slo_burn'] });
    await setFollow(consumer, { productId, isFollowing: false });
    expect(await audience('deprecation')).toEqual([]);
    expect((await listFollows(consumer)).items).toMatchObject([
      { id: productId, byGrant: true, isFollowing: false, muted: ['slo_burn'] },
    ]);
    await db().grant.updateMany({ where: { productId }, data: { revokedAt: new Date() } });
    expect((await listFollows(consumer)).items).toEqual([]);
  });

  it('comes with a grant to their team for all its members, as long as they are members', async () => {
    const { productId } = at;
    const team = await makeDomain();
    const [asker, colleague] = [
      await makeMember(team.id, 'data_consumer'),
      await makeMember(team.id, 'data_consumer'),
    ];
    const ids = { id: newId(), productId, subjectId: asker.id, teamId: team.id };
    await db().grant.create({ data: { ...ids, purpose: 'a report', grantedById: idOf(at.owner) } });
    expect(await audience('deprecation')).toEqual([asker.id, colleague.id].sort());
    expect(await productFollow(await ctxOf(colleague), productId)).toMatchObject({ byGrant: true });
    await db().membership.deleteMany({ where: { userId: colleague.id } });
    expect(await audience('deprecation')).toEqual([asker.id]);
  });

  it('is for anybody who may find it; who is concerned is told too, unless they said no', async () => {
    const follower = await ctxOf(await makeUser());
    const concerned = await ctxOf(await makeUser());
    const said = await ctxOf(await makeUser());
    const { productId } = at;
    await setFollow(follower, { productId, isFollowing: true });
    await setFollow(said, { productId, isFollowing: false });
    const also = [idOf(concerned), idOf(said), idOf(at.owner)];
    expect(await audience('deprecation', also)).toEqual([idOf(follower), idOf(concerned)].sort());
    await db().user.update({ where: { id: idOf(follower) }, data: { disabledAt: new Date() } });
    expect(await audience('deprecation')).toEqual([]);
    const missing = setFollow(concerned, { productId: newId(), isFollowing: true });
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tells nobody of a product that a policy has hidden from them since', async () => {
    const stranger = await ctxOf(await makeUser());
    const colleague = await ctxOf(await makeMember(at.domainId, 'data_consumer'));
    const { productId } = at;
    for (const ctx of [stranger, colleague]) await setFollow(ctx, { productId, isFollowing: true });
    const text = 'In which zone is the time?';
    const asked = await Promise.all(
      [stranger, colleague].map((ctx) => askQuestion(ctx, { productId, text })),
    );
    const policy = `forbid (principal is User, action == Action::"discover", resource)
      when { resource.classification == "restricted" }
      unless { principal has membership && principal.membership.domain == resource.domain };`;
    await discoverable(systemCtx('test'));
    await transact(async (tx) => {
      await tx.policyDocument.create({
        data: {
          ...{ id: newId(), name: 'hide', version: 1, stage: 'enforced', reason: 'test', yaml: '' },
          document: {
            ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
            spec: { cedar_policies: [{ id: 'hide', policy }] },
          },
        },
      });
      await notify(tx, 'portolan_policy', 'hide');
    });
    await heard();
    expect(await audience('announcement')).toEqual([idOf(colleague)]);
    await expect(productFollow(stranger, productId)).rejects.toMatchObject({ code: 'not_found' });
    expect((await listFollows(stranger)).items).toEqual([]);
    for (const { questionId } of asked) {
      await answerQuestion(at.owner, { questionId, text: 'In UTC' });
      await closeQuestion(at.owner, { questionId });
    }
    const told = async (ctx: Ctx) =>
      (await listInbox(ctx, discoverable)).items.map(({ kind }) => kind);
    expect(await told(colleague)).toEqual(['question.answered', 'question.answered']);
    expect(await told(stranger)).toEqual([]);
  });
});
