import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { db, env, now } from '@/lib/core';
import { snapshotFiles, subjectCondition } from '@/lib/platform';
import { csvOf, ndjsonOf, scanSql, sha256OfFile, streamRows } from '@/lib/platform/lake';
import type { SchemaField } from '@/lib/specs';

const KEPT_DAYS = 14;

export const archiveFile = (requestId: string): string =>
  path.join(env().home, 'privacy', `${requestId}.zip`);

/** NDJSON as one JSON list, without holding it. */
async function* jsonList(lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield '[';
  let isFirst = true;
  for await (const piece of lines) {
    const rows = piece.trimEnd().split('\n').join(',\n');
    if (!rows) continue;
    yield isFirst ? `\n${rows}` : `,\n${rows}`;
    isFirst = false;
  }
  yield '\n]\n';
}

/**
 * One archive of everything that the mesh holds about the person: per product its rows as JSON and CSV, and a
 * manifest. Written under another name first, readable by the portal's account only, deleted after two weeks.
 */
export async function writeArchive(requestId: string, identifier: string): Promise<void> {
  const request = await db().privacyRequest.findUniqueOrThrow({
    where: { id: requestId },
    include: {
      findings: {
        where: { via: 'declared' },
        include: { product: { include: { domain: { select: { name: true } } } } },
      },
    },
  });
  const file = archiveFile(requestId);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.part`;
  const zip = new ZipFile();
  const manifest: object[] = [];
  for (const { product, environment, rowCount, columns } of request.findings) {
    const served = await db().productEnvironment.findUnique({
      where: { productId_environment: { productId: product.id, environment } },
    });
    if (!served?.snapshotId) continue;
    const snapshot = await db().snapshot.findUniqueOrThrow({ where: { id: served.snapshotId } });
    const condition = subjectCondition(snapshot.schema as unknown as SchemaField[], [identifier]);
    if (!condition) continue;
    const files = await snapshotFiles(snapshot.id);
    const sql = `SELECT * FROM ${scanSql(files)} WHERE ${condition}`;
    const folder = `${product.domain.name}/${product.name}/${environment}`;
    zip.addReadStream(
      Readable.from(later(async () => jsonList(ndjsonOf(await streamRows(sql, [], { files }))))),
      `${folder}/rows.json`,
    );
    zip.addReadStream(
      Readable.from(later(async () => csvOf(await streamRows(sql, [], { files })))),
      `${folder}/rows.csv`,
    );
    manifest.push({
      product: `${product.domain.name}/${product.name}`,
      title: product.title,
      description: product.description,
      environment,
      rows: Number(rowCount),
      foundIn: columns,
      files: [`${folder}/rows.json`, `${folder}/rows.csv`],
    });
  }
  const head = { request: requestId, regulation: request.regulation, kind: request.kind };
  const text = JSON.stringify(
    { ...head, writtenAt: now().toISOString(), products: manifest },
    null,
    2,
  );
  zip.addBuffer(Buffer.from(text), 'manifest.json');
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const { size } = await stat(file);
  await db().privacyRequest.update({
    where: { id: requestId },
    data: {
      archivePath: path.relative(env().home, file),
      archiveSha256: await sha256OfFile(file),
      archiveSizeBytes: BigInt(size),
      archiveUntil: new Date(now().getTime() + KEPT_DAYS * 86_400_000),
    },
  });
}

/** A stream that begins only when it is read: the next one opens when the one before has ended. */
async function* later(open: () => Promise<AsyncIterable<string>>): AsyncGenerator<string> {
  yield* await open();
}

/** Deletes archives whose days are over, and those of people who asked to be erased. */
export async function removeArchives(where: { subjectDigest?: string } = {}): Promise<number> {
  const over = await db().privacyRequest.findMany({
    where: {
      archivePath: { not: null },
      ...(where.subjectDigest
        ? { subjectDigest: where.subjectDigest }
        : { archiveUntil: { lte: now() } }),
    },
    select: { id: true },
    take: 500,
  });
  for (const { id } of over) {
    await rm(archiveFile(id), { force: true });
    await db().privacyRequest.update({ where: { id }, data: { archivePath: null } });
  }
  return over.length;
}
