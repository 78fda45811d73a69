import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/core/errors';
import { syncDir } from './files';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

export const newDataKey = (): Buffer => randomBytes(KEY_BYTES);

/** A name that tells keys apart and says nothing about the key or the file. */
export function keyName(key: Buffer): string {
  return `k${createHash('sha256').update('portolan-key-name').update(key).digest('hex').slice(0, 32)}`;
}

/**
 * Encrypts a data key with the master key (AES-256-GCM): version, nonce, tag, ciphertext.
 * @param context what the key is for (the file's path in the lake); unwrapping demands the same.
 */
export function wrapKey(master: Buffer, key: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]);
}

/** @throws AppError precondition when the master key or the context is another one, or the bytes are damaged. */
export function unwrapKey(master: Buffer, wrapped: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(wrapped);
  const head = 1 + NONCE_BYTES;
  try {
    if (bytes[0] !== VERSION || bytes.length !== head + TAG_BYTES + KEY_BYTES) throw new Error();
    const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(1, head), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(head, head + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(head + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new AppError(
      'precondition',
      'The data key of this file cannot be opened: the master key is not the one it was wrapped with, or the record is damaged. Restore the master key this portal was set up with.',
    );
  }
}

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
    await handle.writeFile(`${newDataKey().toString('base64')}\n`);
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
