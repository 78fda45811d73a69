import { type Ctx, db, newId } from '@/lib/core';
import { makeUser } from '../testing/factories';
import { text } from './secret';

/** Requests and a grant of the powerful, and what others ask of them. */
export async function makeAccess(productId: string, domainId: string, powerful: Ctx) {
  const ids = { asked: newId(), waiting: newId(), elevation: newId(), heldGrant: newId() };
  const me = powerful.actor.type === 'user' ? powerful.actor.id : '';
  const other = (await makeUser({ name: text('asker') })).id;
  const asks = (id: string, requesterId: string) =>
    db().accessRequest.create({
      data: {
        ...{ id: newId(), requesterId, purpose: 'analytics', note: text('wants'), days: 30 },
        items: { create: { id, productId, events: { create: said() } } },
      },
    });
  const said = () => ({ id: newId(), kind: 'sent', at: new Date(), note: text('wants') });
  await asks(ids.asked, me);
  await asks(ids.waiting, other);
  await db().grant.create({
    data: {
      ...{ id: ids.heldGrant, productId, subjectId: me, purpose: text('held'), grantedById: me },
      expiresAt: new Date(Date.now() + 5 * 86_400_000),
    },
  });
  await db().elevation.create({
    data: {
      ...{ id: ids.elevation, userId: other, role: 'data_admin', domainId, hours: 1 },
      ...{ reason: text('must mend it'), status: 'requested' },
    },
  });
  return ids;
}
