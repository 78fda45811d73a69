import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import { closeLake, openLake } from '../lake';
import { detectFormat, inspectFile, receiveUpload } from '.';

export const MB = 1 << 20;

/** A temporary directory and a lake for one test file, and the ways of an upload. */
export function uploads() {
  const place = { root: '' };
  beforeAll(async () => {
    place.root = await mkdtemp(path.join(tmpdir(), 'ingest-'));
    await openLake({ root: place.root, memoryMb: 512 });
  });
  afterAll(async () => {
    await closeLake();
    await rm(place.root, { recursive: true, force: true });
  });
  const dir = () => path.join(place.root, 'up');
  const receive = (bytes: Buffer | string, fileName = 'data.csv', maxBytes = 64 * MB) =>
    receiveUpload(Readable.from([Buffer.from(bytes)]), { dir: dir(), maxBytes, fileName });
  /** The whole way: received, recognised, inspected. */
  const take = async (bytes: Buffer | string, fileName = 'data.csv') => {
    const upload = await receive(bytes, fileName);
    const format = await detectFormat(upload.path, upload.fileName);
    return { path: upload.path, format, ...(await inspectFile(upload.path, format)) };
  };
  return { place, dir, receive, take };
}

export const typesOf = (found: { columns: { name: string; type: string }[] }) =>
  Object.fromEntries(found.columns.map(({ name, type }) => [name, type]));
