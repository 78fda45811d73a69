import path from 'node:path';
import { env, newId, notify, now, transact } from '@/lib/core';
import { loadMasterKey } from '@/lib/core/master-key';
import { lakePaths, type WrittenFile, writeSnapshot } from '@/lib/platform/lake';
import type { SchemaField } from '@/lib/specs';
import { makeProduct } from './factories';

interface LiveProduct {
  domainId: string;
  ownerId: string;
  name?: string;
  classification?: string;
  fields: SchemaField[];
  /** A SELECT that gives the rows. */
  sql: string;
  isEncrypted?: boolean;
  /** Further files of the same snapshot, a SELECT each. */
  moreFiles?: string[];
}

/** A product whose rows are served: real Parquet files, a manifest, a live environment. */
export async function makeLiveProduct(data: LiveProduct) {
  const { domainId, ownerId, name, classification, fields } = data;
  const product = await makeProduct({
    domainId,
    ownerId,
    ...(name && { name }),
    ...(classification && { classification }),
    fields: fields as unknown as { name: string; type: string }[],
  });
  const snapshot = await addSnapshot({ productId: product.id, ...data });
  return { product, snapshot };
}

/** Writes a new snapshot and points the product at it, as provisioning does. */
export async function addSnapshot(data: {
  productId: string;
  fields: SchemaField[];
  sql: string;
  isEncrypted?: boolean;
  moreFiles?: string[];
}) {
  const { productId, fields } = data;
  const id = newId();
  const masterKey = data.isEncrypted
    ? await loadMasterKey(env().home, env().PORTOLAN_MASTER_KEY)
    : null;
  const written: WrittenFile[] = [];
  const root = path.join(env().home, 'lake');
  for (const [part, sql] of [data.sql, ...(data.moreFiles ?? [])].entries()) {
    const paths = lakePaths(root, productId, 'production', part === 0 ? id : `${id}-${part}`);
    written.push(...(await writeSnapshot({ paths, sql, schema: fields, masterKey })).files);
  }
  const rowCount = written.reduce((sum, file) => sum + file.rowCount, 0);
  const sizeBytes = written.reduce((sum, file) => sum + file.sizeBytes, 0);
  const environment = 'production';
  return transact(async (tx) => {
    const number = (await tx.snapshot.count({ where: { productId, environment } })) + 1;
    const facts = { productId, environment, number, status: 'ready', rowCount, sizeBytes };
    const files = written.map(({ wrappedKey, ...file }) => ({
      id: newId(),
      ...file,
      wrappedKey: wrappedKey && new Uint8Array(wrappedKey),
    }));
    const snapshot = await tx.snapshot.create({
      data: {
        ...{ id, ...facts, readyAt: now() },
        ...{ schema: fields as unknown as object[], files: { create: files } },
      },
    });
    const live = { status: 'live', snapshotId: id };
    await tx.productEnvironment.upsert({
      where: { productId_environment: { productId, environment } },
      create: { productId, environment, ...live },
      update: live,
    });
    await notify(tx, 'portolan_product', productId);
    return snapshot;
  });
}
