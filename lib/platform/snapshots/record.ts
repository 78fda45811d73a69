import { newId, now, transact } from '@/lib/core';
import type { SchemaField } from '@/lib/specs';
import type { WrittenSnapshot } from '../lake/snapshot';

/** The manifest: from this commit on the snapshot exists. Repeated after a crash, it is written anew. */
export function recordSnapshot(
  snapshotId: string,
  written: WrittenSnapshot,
  schema?: readonly SchemaField[],
) {
  return transact(async (tx) => {
    await tx.snapshotFile.deleteMany({ where: { snapshotId } });
    await tx.snapshotFile.createMany({
      data: written.files.map((file) => ({
        id: newId(),
        snapshotId,
        path: file.path,
        sizeBytes: BigInt(file.sizeBytes),
        rowCount: BigInt(file.rowCount),
        sha256: file.sha256,
        wrappedKey: file.wrappedKey ? new Uint8Array(file.wrappedKey) : null,
      })),
    });
    return tx.snapshot.update({
      where: { id: snapshotId },
      data: {
        status: 'ready',
        readyAt: now(),
        ...(schema && { schema: schema as unknown as object[] }),
        rowCount: BigInt(written.rowCount),
        sizeBytes: BigInt(written.sizeBytes),
      },
      include: { files: true },
    });
  });
}
