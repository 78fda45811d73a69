import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setEnv } from './env';
import {
  forgetMasterKey,
  keyedDigest,
  seal,
  signingJwk,
  signStatement,
  unseal,
  verifyStatement,
} from './secrets';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'portolan-secrets-'));
  setEnv({ PORTOLAN_HOME: home });
  forgetMasterKey();
});
afterAll(() => rm(home, { recursive: true, force: true }));

it('opens what it sealed, under the same context only', async () => {
  const sealed = await seal('ada@example.org', 'one');
  expect(Buffer.from(sealed).includes('ada@example.org')).toBe(false);
  expect(await unseal(sealed, 'one')).toBe('ada@example.org');
  await expect(unseal(sealed, 'two')).rejects.toThrow(/master key/);
});

it('gives one digest per text and use', async () => {
  expect(await keyedDigest('a', 'x')).toBe(await keyedDigest('a', 'x'));
  expect(await keyedDigest('a', 'x')).not.toBe(await keyedDigest('a', 'y'));
});

it('verifies its own statements and no others', async () => {
  const statement = await signStatement('test-receipt', { erased: 3 });
  expect(await verifyStatement(['test-receipt'], statement)).toEqual({ erased: 3 });
  await expect(verifyStatement(['other'], statement)).rejects.toThrow(/not a other/);
  const [head, , signature] = statement.split('.');
  const forged = `${head}.${Buffer.from('{"erased":4}').toString('base64url')}.${signature}`;
  await expect(verifyStatement(['test-receipt'], forged)).rejects.toThrow(/changed/);
  const jwk = await signingJwk();
  expect(jwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' });
  expect(jwk.d).toBeUndefined();
});
