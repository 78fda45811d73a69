import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { CompactSign, calculateJwkThumbprint, compactVerify, exportJWK } from 'jose';
import { env } from './env';
import { AppError } from './errors';
import { loadMasterKey } from './master-key';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** RFC 8410: what stands before an Ed25519 seed in PKCS #8. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

interface Signer {
  privateKey: KeyObject;
  publicKey: KeyObject;
  keyId: string;
}
const store = globalThis as {
  __portolanMaster?: Promise<Buffer>;
  __portolanSigner?: Promise<Signer>;
};

/** The master key, read once a process. */
export function masterKey(): Promise<Buffer> {
  store.__portolanMaster ??= loadMasterKey(env().home, env().PORTOLAN_MASTER_KEY);
  store.__portolanMaster.catch(() => forgetMasterKey());
  return store.__portolanMaster;
}

/** For tests and for a home that was replaced. */
export function forgetMasterKey(): void {
  store.__portolanMaster = undefined;
  store.__portolanSigner = undefined;
}

/** Keys for different uses never meet: HKDF-SHA-256 (RFC 5869) from the master key. */
async function keyFor(use: string): Promise<Buffer> {
  return Buffer.from(hkdfSync('sha256', await masterKey(), '', `portolan:${use}`, 32));
}

/**
 * Encrypts a short text for the database (AES-256-GCM: nonce, tag, ciphertext).
 * @param context what it is for; `unseal` demands the same
 */
export async function seal(text: string, context: string): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await keyFor('seal'), nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

/** @throws AppError precondition when the master key or the context is another one */
export async function unseal(sealed: Uint8Array, context: string): Promise<string> {
  const bytes = Buffer.from(sealed);
  const head = NONCE_BYTES + TAG_BYTES;
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      await keyFor('seal'),
      bytes.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(NONCE_BYTES, head));
    return decipher.update(bytes.subarray(head), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw new AppError(
      'precondition',
      'A sealed value cannot be opened: the master key is not the one it was sealed with. Restore the master key this portal was set up with.',
    );
  }
}

/** HMAC-SHA-256 in hexadecimal: the same text gives the same digest here and says nothing elsewhere. */
export async function keyedDigest(text: string, context: string): Promise<string> {
  return createHmac('sha256', await keyFor(`digest:${context}`))
    .update(text)
    .digest('hex');
}

async function makeSigner(): Promise<Signer> {
  const seed = await keyFor('signing');
  const der = Buffer.concat([ED25519_PKCS8, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, keyId: await calculateJwkThumbprint(await exportJWK(publicKey)) };
}

function signer(): Promise<Signer> {
  store.__portolanSigner ??= makeSigner();
  store.__portolanSigner.catch(() => forgetMasterKey());
  return store.__portolanSigner;
}

/**
 * A signed statement as a compact JWS (RFC 7515, EdDSA): receipts and checkpoints.
 * @param type what it is, for instance `portolan-erasure-receipt`; stands in the header as `typ`
 */
export async function signStatement(type: string, claims: object): Promise<string> {
  const { privateKey, keyId } = await signer();
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ: type })
    .sign(privateKey);
}

/** @throws AppError invalid when it was not signed here, was changed, or is of another type */
export async function verifyStatement(
  types: readonly string[],
  statement: string,
): Promise<Record<string, unknown>> {
  const { publicKey } = await signer();
  try {
    const { payload, protectedHeader } = await compactVerify(statement, publicKey, {
      algorithms: ['EdDSA'],
    });
    if (!types.includes(protectedHeader.typ ?? '')) throw new Error('another type');
    return JSON.parse(Buffer.from(payload).toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new AppError(
      'invalid',
      `This is not a ${types.join(' or ')} signed by this portal: it was changed, cut off, or signed with another key.`,
    );
  }
}

/** The public key that verifies statements, as a JWK (RFC 8037). */
export async function signingJwk(): Promise<Record<string, unknown>> {
  const { publicKey, keyId } = await signer();
  return { ...(await exportJWK(publicKey)), kid: keyId, alg: 'EdDSA', use: 'sig' };
}
