import { db, newId } from '@/lib/core';
import { makeProduct } from './factories';

interface Promised {
  domainId: string;
  ownerId: string;
  name?: string;
  title?: string;
  /** The contract's objectives, as a descriptor writes them. */
  slo: Record<string, string>;
  snapshotAt: Date;
}

/** A live product with objectives; it has a manifest but no files: for what looks at time, not at rows. */
export async function makePromisedProduct({ slo, snapshotAt, ...data }: Promised) {
  const product = await makeProduct(data);
  const descriptor = product.descriptor as { spec: object };
  await db().product.update({
    where: { id: product.id },
    data: { descriptor: { ...descriptor, spec: { ...descriptor.spec, slo } } as object },
  });
  const snapshotId = newId();
  const environment = 'production';
  await db().snapshot.create({
    data: {
      ...{ id: snapshotId, productId: product.id, environment, number: 1, status: 'ready' },
      ...{ rowCount: 1000, sizeBytes: 9000, createdAt: snapshotAt },
    },
  });
  await db().productEnvironment.create({
    data: { productId: product.id, environment, status: 'live', snapshotId },
  });
  return { id: product.id, name: product.name };
}
