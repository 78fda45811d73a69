import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env, signStatement, syncDir, verifyStatement } from '@/lib/core';

const TYPE = 'portolan-audit-checkpoint';

/** What is signed about a checkpoint. */
export interface SignedCheckpoint {
  seq: string;
  /** ISO time. */
  at: string;
  /** Hexadecimal. */
  hash: string;
}

export const signCheckpoint = ({ seq, at, hash }: { seq: string; at: Date; hash: string }) =>
  signStatement(TYPE, { seq, at: at.toISOString(), hash });

/** @returns null when this portal's key did not sign it */
export async function readSigned(signature: string): Promise<SignedCheckpoint | null> {
  const claims = await verifyStatement([TYPE], signature).catch(() => null);
  return claims as SignedCheckpoint | null;
}

const directory = () => path.join(env().home, 'checkpoints');

/** Writes the day's file once, whole or not at all; a day that has one keeps it. */
export async function keepDaily(at: Date, signature: string): Promise<void> {
  const dir = directory();
  const file = path.join(dir, `${at.toISOString().slice(0, 10)}.jws`);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const draft = path.join(dir, `.${randomBytes(8).toString('hex')}`);
  await writeFile(draft, `${signature}\n`, { mode: 0o400, flush: true });
  try {
    await link(draft, file);
    await syncDir(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The checkpoints that were kept as files, oldest first, with the name of each file. */
export async function keptCheckpoints(): Promise<{ file: string; signature: string }[]> {
  const names = await readdir(directory()).catch(() => []);
  const files = names.filter((name) => name.endsWith('.jws')).sort();
  return Promise.all(
    files.map(async (file) => ({
      file,
      signature: (await readFile(path.join(directory(), file), 'utf8')).trim(),
    })),
  );
}
