import { type Ctx, db, newId } from '@/lib/core';
import { ctxOf, makeDomain, makeMember, makeProduct, makeUser } from './factories';

/** A product that is served, and its owner. */
export async function makeTalkedAbout(data: { classification?: string; title?: string } = {}) {
  const domain = await makeDomain();
  const person = await makeMember(domain.id, 'data_producer');
  const product = await makeProduct({ ...data, domainId: domain.id, ownerId: person.id });
  const { id: productId, title, name } = product;
  const owner = await ctxOf(person);
  return { domainId: domain.id, address: `${domain.name}/${name}`, productId, title, owner };
}

interface ConsumerData {
  person?: { id: string };
  hasGrant?: boolean;
  hasRead?: boolean;
  expiresAt?: Date;
}

/** Somebody with a grant who has been served rows, as both leave it in the database. */
export async function makeConsumer(productId: string, data: ConsumerData = {}): Promise<Ctx> {
  const { hasGrant = true, hasRead = true, expiresAt } = data;
  const person = data.person ?? (await makeUser());
  if (hasGrant) {
    const product = await db().product.findUniqueOrThrow({ where: { id: productId } });
    await db().grant.create({
      data: {
        ...{ id: newId(), productId, subjectId: person.id, purpose: 'A test' },
        ...{ grantedById: product.ownerId, ...(expiresAt && { expiresAt }) },
      },
    });
  }
  if (hasRead) {
    const at = new Date();
    await db().productReader.create({
      data: { productId, userId: person.id, firstAt: at, lastAt: at },
    });
  }
  return ctxOf(person);
}
