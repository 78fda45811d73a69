import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from './errors';
import { syncDir } from './sync-dir';

const KEY_BYTES = 32;

/**
 * The master key: `envValue` (32 bytes as base64 or hex) or the file `<home>/master.key`, made on first use with
 * mode 600. Several processes may start at once: all get the same key.
 */
export async function loadMasterKey(home: string, envValue?: string): Promise<Buffer> {
  if (envValue) return parseKey(envValue, 'PORTOLAN_MASTER_KEY');
  const file = path.join(home, 'master.key');
  const existing = await readKeyFile(file);
  if (existing) return existing;
  await mkdir(home, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // A hard link fails when somebody was first, so that nobody's key is ever replaced.
    await link(draft, file);
    await syncDir(home);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  const made = await readKeyFile(file);
  if (!made) throw new AppError('unavailable', `The master key ${file} could not be written.`);
  return made;
}

async function readKeyFile(file: string): Promise<Buffer | null> {
  try {
    return parseKey(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseKey(text: string, where: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[A-Za-z0-9+/]{43}=$/.test(trimmed)
      ? Buffer.from(trimmed, 'base64')
      : Buffer.alloc(0);
  if (key.length === KEY_BYTES) return key;
  throw new AppError(
    'precondition',
    `${where} does not hold a key. Give 32 random bytes as base64 or hex, for example from: openssl rand -base64 32`,
  );
}
