import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, db, env, invalid, newId, now, requireCan, transact } from '@/lib/core';
import { detectFormat, inspectFile, receiveUpload, type UploadColumn } from '@/lib/platform/ingest';
import { openDraft } from './draft-author';
import type { DraftData, DraftField, DraftRule } from './draft-data';
import { mergeFields, rulesFor } from './merge-fields';
import { profileUpload } from './profile-upload';
import { type StoredProfile, uploadDir } from './upload-view';

export interface AttachUploadInput {
  draftId: string;
  /** As the browser sent it. */
  fileName: string;
  body: Readable;
  expectedBytes?: number;
  signal?: AbortSignal;
}

const MAX_COLUMNS = 2000;

const Meta = z.object({
  draftId: z.string().min(1).max(100),
  fileName: z
    .string()
    .min(1)
    .max(500)
    .refine((name) => !name.includes('\0'), { error: 'A file name holds no NUL' }),
});

/**
 * Receives a file, reads it through, and makes it the draft's source: schema inferred (what was written
 * about columns of the same name stays), rules suggested. An earlier file goes. A refused or cancelled
 * upload leaves nothing behind.
 * @throws AppError not_found | conflict | invalid that says what to mend | too_large | unavailable
 */
export async function attachUpload(ctx: Ctx, input: AttachUploadInput): Promise<{ id: string }> {
  const { draftId, fileName } = Meta.parse(input);
  const { signal } = input;
  await openDraft(db(), ctx, draftId);
  requireCan(ctx, 'product.create');
  const id = newId();
  try {
    const received = await receiveUpload(input.body, {
      dir: uploadDir(id),
      maxBytes: env().PORTOLAN_MAX_UPLOAD_BYTES,
      fileName,
      signal,
      expectedBytes: input.expectedBytes,
    });
    const format = await detectFormat(received.path, received.fileName);
    const inspected = await inspectFile(received.path, format, { signal });
    const { source, columns, rowCount, warnings } = inspected;
    if (columns.length > MAX_COLUMNS) {
      throw invalid(
        `The file has ${columns.length.toLocaleString('en')} columns. A product has at most ${MAX_COLUMNS}; take out what nobody needs.`,
      );
    }
    const { profile, suggestions } = await profileUpload(received.path, inspected, signal);
    const personal = new Set(profile.flatMap(({ name, pii }) => (pii ? [name] : [])));
    const fields = columns.map((column) => ({
      ...draftField(column),
      ...(personal.has(column.sourceName) && { pii: true }),
    }));
    const stored: StoredProfile = {
      source,
      columns: fields,
      rowCount,
      warnings,
      profile,
      suggestions,
    };
    const upload = {
      id,
      fileName: received.fileName,
      format,
      path: path.relative(env().home, received.path),
      sizeBytes: BigInt(inspected.sizeBytes),
      sha256: received.sha256,
      profile: storable(stored),
    };
    const replaced = await keep(ctx, draftId, upload, stored);
    for (const old of replaced) await rm(uploadDir(old), { recursive: true, force: true });
    return { id };
  } catch (error) {
    await rm(uploadDir(id), { recursive: true, force: true });
    throw error;
  }
}

function draftField(column: UploadColumn): DraftField {
  const { name, sourceName, type, precision, scale, timezone, items, fields } = column;
  const shape = Object.entries({ precision, scale, timezone, items, fields });
  return {
    name,
    sourceName,
    type,
    ...Object.fromEntries(shape.filter(([, v]) => v !== undefined)),
  };
}

/** Postgres' JSON takes neither NUL nor half a surrogate pair, and data may hold both. */
function storable(profile: StoredProfile): object {
  const text = JSON.stringify(profile, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  );
  return JSON.parse(text) as object;
}

/** Rules that somebody had settled on for a file like this one; null when there were none. */
function keptRules(held: DraftData, fields: readonly DraftField[]): DraftRule[] | null {
  if (held.source?.kind !== 'upload' || !held.quality?.length) return null;
  const columns = new Set(fields.map((field) => field.name));
  return held.quality.filter((rule) => rule.column === undefined || columns.has(rule.column));
}

interface NewUpload {
  id: string;
  fileName: string;
  format: string;
  path: string;
  sizeBytes: bigint;
  sha256: string;
  profile: object;
}

/** Makes the file the draft's source. @returns the ids of the files that it takes the place of */
async function keep(
  ctx: Ctx,
  draftId: string,
  upload: NewUpload,
  { columns, suggestions }: StoredProfile,
): Promise<string[]> {
  return transact(async (tx) => {
    await tx.$queryRaw`select id from product_draft where id = ${draftId} for update`;
    const draft = await openDraft(tx, ctx, draftId);
    const held = draft.data as DraftData;
    const others = { draftId, id: { not: upload.id } };
    await tx.upload.create({ data: { ...upload, draftId, authorId: draft.authorId } });
    const replaced = await tx.upload.findMany({ where: others, select: { id: true } });
    await tx.upload.deleteMany({ where: others });
    const isSameKind = held.source?.kind === 'upload';
    const fields = mergeFields(isSameKind ? held.fields : [], columns);
    const data: DraftData = {
      ...held,
      source: { kind: 'upload', uploadId: upload.id },
      fields,
      quality: keptRules(held, fields) ?? rulesFor(suggestions, fields),
    };
    await tx.productDraft.update({
      where: { id: draftId },
      data: { data: data as object, uploadId: upload.id, rev: { increment: 1 }, updatedAt: now() },
    });
    audit(tx, ctx, {
      action: 'draft.upload',
      target: { type: 'draft', id: draftId },
      detail: { file: upload.fileName, format: upload.format, sizeBytes: Number(upload.sizeBytes) },
    });
    return replaced.map((old) => old.id);
  });
}
