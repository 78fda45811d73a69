import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { removeSpill } from './spill';

it('removes what dead processes spilled and leaves the living theirs', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'spill-'));
  const ended = String(spawnSync(process.execPath, ['-e', '']).pid);
  const own = String(process.pid);
  for (const name of [ended, own, '01a2-sandbox']) {
    await mkdir(path.join(root, '.tmp', name), { recursive: true });
    await writeFile(path.join(root, '.tmp', name, 'rows.block'), 'in the clear');
  }
  expect(await removeSpill(root, Date.now())).toBe(1);
  expect((await readdir(path.join(root, '.tmp'))).sort()).toEqual(['01a2-sandbox', own].sort());
  expect(await removeSpill(root, Date.now() + 2 * 3_600_000)).toBe(1);
  expect(await readdir(path.join(root, '.tmp'))).toEqual([own]);
  await rm(root, { recursive: true });
  expect(await removeSpill(root, Date.now())).toBe(0);
});
