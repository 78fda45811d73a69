import { createReadStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import path from 'node:path';
import { db, env } from '@/lib/core';
import { holdsOn } from '@/lib/governance';
import { type FileProof, normalise, QUARANTINE } from '@/lib/platform';
import type { SchemaField } from '@/lib/specs';
import { countIn } from './search';

export interface PlannedSnapshot {
  id: string;
  isServed: boolean;
  rows: number;
  files: FileProof[];
}

/** Every snapshot of a product's environment that knows the person, with the files that will be destroyed. */
export async function planErasure(
  productId: string,
  environment: string,
  identifier: string,
): Promise<PlannedSnapshot[]> {
  const [served, snapshots] = await Promise.all([
    db().productEnvironment.findUnique({
      where: { productId_environment: { productId, environment } },
    }),
    db().snapshot.findMany({
      where: { productId, environment, status: 'ready' },
      include: { files: true },
    }),
  ]);
  const planned: PlannedSnapshot[] = [];
  for (const { id, schema, files } of snapshots) {
    const { rows } = await countIn({ id, schema: schema as unknown as SchemaField[] }, identifier);
    if (rows === 0) continue;
    planned.push({
      id,
      // Rows in quarantine are written anew like those that are served: those of others stay.
      isServed: served?.snapshotId === id || environment === QUARANTINE,
      rows,
      files: files.map((file) => ({
        path: file.path,
        sha256: file.sha256,
        isKeyDestroyed: file.wrappedKey !== null,
      })),
    });
  }
  return planned;
}

/** Whether the file's bytes hold the identifier, in either case; read in pieces that overlap. */
async function holds(file: string, identifier: string): Promise<boolean> {
  const wanted = normalise(identifier);
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const text = (rest + (chunk as Buffer).toString('utf8')).toLowerCase();
      if (text.includes(wanted)) return true;
      rest = text.slice(-wanted.length * 4);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return false;
}

const BATCH = 200;

/** Of these drafts, those whose product is under a legal hold. */
async function draftsUnderHold(draftIds: readonly string[]): Promise<Set<string>> {
  const drafts = await db().productDraft.findMany({
    where: { id: { in: [...draftIds] }, productId: { not: null } },
    select: { id: true, productId: true },
  });
  const held = await holdsOn(drafts.flatMap((draft) => draft.productId ?? []));
  return new Set(drafts.flatMap(({ id, productId }) => (held.has(productId ?? '') ? [id] : [])));
}

/**
 * Destroys raw uploads that know the person: those behind a product where they were found, and any other whose
 * bytes or sample hold the identifier; not those of a product under a legal hold. A pipeline that would load one again says that the file is gone.
 * @returns how many were destroyed
 */
export async function purgeUploads(
  identifier: string,
  productIds: readonly string[],
): Promise<number> {
  const drafts = await db().productDraft.findMany({
    where: { productId: { in: [...productIds] } },
    select: { id: true },
  });
  const isConcerned = new Set(drafts.map((draft) => draft.id));
  let purged = 0;
  let after = '';
  for (;;) {
    const uploads = await db().upload.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    const heldDrafts = await draftsUnderHold(uploads.flatMap((one) => one.draftId ?? []));
    for (const upload of uploads) {
      if (upload.draftId && heldDrafts.has(upload.draftId)) continue;
      const file = path.resolve(env().home, upload.path);
      const isOurs = upload.draftId !== null && isConcerned.has(upload.draftId);
      const knows =
        isOurs ||
        JSON.stringify(upload.profile).toLowerCase().includes(normalise(identifier)) ||
        (await holds(file, identifier));
      if (!knows) continue;
      await unlink(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
      await db().upload.deleteMany({ where: { id: upload.id } });
      purged += 1;
    }
    after = uploads.at(-1)?.id ?? '';
    if (uploads.length < BATCH) return purged;
  }
}
