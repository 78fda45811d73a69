import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/core/errors';

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
