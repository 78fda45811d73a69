import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Longer than any sandboxed statement may run. */
const SETTLED_MS = 3_600_000;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * What DuckDB wrote out for want of memory in a process that was killed: rows in the clear, so they may
 * not stay. Folders are named after the process (lake engine) or are unique (sandbox).
 * @returns how many folders went
 */
export async function removeSpill(lakeRoot: string, at: number): Promise<number> {
  const dir = path.join(lakeRoot, '.tmp');
  let removed = 0;
  for (const name of await readdir(dir).catch(() => [])) {
    const folder = path.join(dir, name);
    const found = await stat(folder).catch(() => null);
    if (!found) continue;
    const isLeft = /^\d+$/.test(name) ? !isAlive(Number(name)) : at - found.mtimeMs > SETTLED_MS;
    if (!isLeft) continue;
    await rm(folder, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
