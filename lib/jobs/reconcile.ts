import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { db, log, pool } from '@/lib/core';
import { discardSnapshots, lakeRoot, removeLakePath } from '@/lib/platform';
import { withProductLock } from '@/lib/provisioning';
import { removeSpill } from './spill';

/** Nothing younger is touched: its manifest may be about to be written. */
const SETTLED_MS = 60_000;

/**
 * Clears what crashes may leave in the lake: snapshots that were being built by a run that is over, and
 * directories that no manifest knows, spilled rows of dead processes. @returns how many of the first two went
 */
export async function reconcileLake(at: number = Date.now()) {
  const abandoned = await discardAbandoned();
  const orphans = await removeOrphans(at);
  const spills = await removeSpill(lakeRoot(), at);
  if (abandoned + orphans + spills > 0) {
    log().info({ abandoned, orphans, spills }, 'cleared leftovers of the lake');
  }
  return { abandoned, orphans };
}

const ABANDONED = `select s."productId", s.id from snapshot s where s.status = 'building'
  and not exists (select 1 from provisioning_run r where r.id = s."runId"
    and r.status in ('queued', 'running', 'undoing'))
  and not exists (select 1 from pipeline_run p where p.id = s."runId"
    and p.status in ('queued', 'running'))
  and not exists (select 1 from quality_remediation m where m.id = s."runId"
    and m.status in ('queued', 'running'))`;

async function discardAbandoned(): Promise<number> {
  const { rows } = await pool().query<{ productId: string; id: string }>(ABANDONED);
  for (const { productId, id } of rows) {
    await withProductLock(productId, () =>
      discardSnapshots(productId, { snapshotIds: [id], onlyUnserved: true }),
    );
  }
  return rows.length;
}

/** `<product>/<environment>/<snapshot>` directories without a living row. */
async function removeOrphans(at: number): Promise<number> {
  const root = lakeRoot();
  let removed = 0;
  for (const productId of await directories(root)) {
    const isKnown = (await db().product.count({ where: { id: productId } })) > 0;
    if (!isKnown) {
      removed += await removeSettled(at, productId);
      continue;
    }
    const rows = await db().snapshot.findMany({
      where: { productId, status: { not: 'removed' } },
      select: { id: true },
    });
    const living = new Set(rows.map((row) => row.id));
    for (const environment of await directories(path.join(root, productId))) {
      for (const snapshotId of await directories(path.join(root, productId, environment))) {
        if (!living.has(snapshotId))
          removed += await removeSettled(at, productId, environment, snapshotId);
      }
    }
  }
  return removed;
}

async function removeSettled(at: number, ...parts: [string, string?, string?]): Promise<number> {
  const dir = path.join(lakeRoot(), ...parts.filter((part) => part !== undefined));
  const found = await stat(dir).catch(() => null);
  if (!found || at - found.mtimeMs <= SETTLED_MS) return 0;
  await removeLakePath(...parts);
  return 1;
}

async function directories(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && /^[A-Za-z0-9]/.test(entry.name))
    .map((entry) => entry.name);
}
