import { ctxForUser } from '@/lib/auth';
import { type Ctx, db, forbidden, isAppError, precondition } from '@/lib/core';
import { type Decision, type DecisionRequest, requireDecision } from '@/lib/governance';
import { versionEnvironment } from '../contract-environment';
import { type ReadableSnapshot, readableSnapshot } from '../snapshots/opt-outs';

/** The product that reads. */
interface Reader {
  /** Set when it may be pinned to an older version of what it reads. */
  id?: string;
  ownerId: string;
  domain: string;
  name: string;
}

/**
 * What a product's consumers are served now, or the older version that the reader is pinned to while that is
 * served. A product reads with its owner's rights, decided and
 * written down like anybody's, and by the grants that it holds itself: whoever may no longer read a source gets nothing
 * new of it, and a grant's terms hold for what is loaded.
 */
export async function readableForOwner(
  productId: string,
  reader: Reader,
): Promise<ReadableSnapshot> {
  const wanted = await environmentsFor(productId, reader);
  const source = await db().product.findUnique({
    where: { id: productId },
    include: {
      domain: { select: { name: true } },
      environments: { where: { environment: { in: wanted }, status: 'live' } },
    },
  });
  const served = source?.environments.toSorted(
    (a, b) => wanted.indexOf(a.environment) - wanted.indexOf(b.environment),
  );
  const snapshotId = served?.[0]?.snapshotId;
  if (!source || !snapshotId) {
    const name = source ? `${source.domain.name}/${source.name}` : 'A source product';
    throw precondition(`${name} is not live, so it cannot be read. Choose another source.`);
  }
  const { environments: _, ...product } = source;
  const { terms } = await requireOwnerRead(reader, {
    action: 'read',
    product: { ...product, domain: source.domain.name },
    context: { purpose: `input of ${reader.domain}/${reader.name}` },
  });
  return readableSnapshot(snapshotId, terms);
}

/** Where it is read, the first that is live. */
async function environmentsFor(sourceId: string, { id }: Reader): Promise<string[]> {
  const input = id
    ? await db().productInput.findFirst({
        where: { productId: id, sourceId, version: { not: null } },
        select: { version: true },
      })
    : null;
  return input?.version ? [versionEnvironment(input.version), 'production'] : ['production'];
}

/** @throws AppError forbidden that names the source and the owner; the reason is in the audit */
async function requireOwnerRead(product: Reader, request: DecisionRequest): Promise<Decision> {
  const source = `${request.product.domain}/${request.product.name}`;
  const owner = await ownerCtx(product.ownerId, `${product.domain}/${product.name}`);
  try {
    return await requireDecision(
      { ...owner, ...(product.id && { readerId: product.id }) },
      request,
    );
  } catch (error) {
    if (!isAppError(error) || error.code !== 'forbidden') throw error;
    const who = owner.actor.type === 'user' ? owner.actor.email : 'The owner';
    throw forbidden(
      `${who} owns ${product.domain}/${product.name} and may not read its source ${source}; a product reads with its owner's rights. Give the owner access to ${source}, then load again.`,
      error.details,
    );
  }
}

async function ownerCtx(ownerId: string, product: string): Promise<Ctx> {
  try {
    return await ctxForUser(ownerId);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
    throw forbidden(
      `The owner of ${product} is no longer active here, and a product reads its sources with its owner's rights.`,
    );
  }
}
