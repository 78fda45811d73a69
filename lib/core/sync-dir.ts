import { open } from 'node:fs/promises';

/** Makes renames and removals in a directory survive a power cut; silent where the system cannot. */
export async function syncDir(dir: string): Promise<void> {
  const handle = await open(dir, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
