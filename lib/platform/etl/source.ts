import path from 'node:path';
import { db, env, invalid, precondition } from '@/lib/core';
import { quoteIdent } from '@/lib/specs';
import type { DriverCtx } from '../drivers/define-driver';
import {
  castFailures,
  inspectFile,
  relationForUpload,
  type UploadFormat,
  type UploadSource,
} from '../ingest';
import { removeSnapshotFiles } from '../lake/files';
import { openFiles, scanWithout } from '../lake/scan';
import { type SnapshotTarget, type WrittenSnapshot, writeSnapshot } from '../lake/snapshot';
import { runSqlToSnapshot } from '../sandbox';
import { readableForOwner } from './owner-read';
import type { EtlSpec } from './spec';
import { stepsSql } from './steps';

type Extract = EtlSpec['extract'];
type Columns = EtlSpec['transform']['columns'];

/**
 * Extract and transform into the target: an uploaded file, another product's port, or somebody's SQL in
 * the sandbox. @throws AppError when the source is gone, may not be read, or does not fit the contract
 */
export async function loadInto(
  target: SnapshotTarget,
  spec: EtlSpec,
  ctx: DriverCtx,
): Promise<WrittenSnapshot> {
  const { steps } = spec.transform;
  if (steps.length === 0) return extractInto(target, spec, ctx);
  const { root, dir, relativeDir } = target.paths;
  const raw = { root, dir: `${dir}-raw`, relativeDir: `${relativeDir}-raw` };
  try {
    const written = await extractInto({ ...target, paths: raw }, spec, ctx);
    const files = openFiles(root, target.masterKey ?? null, written.files);
    const inputs = [{ name: 'data', files }];
    return await runSqlToSnapshot({ sql: stepsSql(steps), inputs, signal: ctx.signal }, target);
  } finally {
    await removeSnapshotFiles(raw.dir);
  }
}

async function extractInto(
  target: SnapshotTarget,
  spec: EtlSpec,
  ctx: DriverCtx,
): Promise<WrittenSnapshot> {
  const { extract } = spec;
  const { columns } = spec.transform;
  const { signal } = ctx;
  switch (extract.kind) {
    case 'upload':
      return writeSnapshot({
        ...target,
        sql: await uploadSelect(extract.uploadId, spec, ctx),
        signal,
      });
    case 'product': {
      const source = await readableForOwner(extract.productId, ctx.product);
      const sql = select(columns, scanWithout(source.files, source));
      return writeSnapshot({ ...target, sql, inputs: source.files, signal });
    }
    case 'sql':
      return runSqlToSnapshot(await sandboxed(extract, columns, ctx), target);
  }
}

const select = (columns: Columns, relation: string): string =>
  `select ${columns
    .map(({ source, field }) => `${quoteIdent(source)} as ${quoteIdent(field)}`)
    .join(', ')} from ${relation}`;

async function sandboxed(extract: Extract & { kind: 'sql' }, columns: Columns, ctx: DriverCtx) {
  const inputs = await Promise.all(
    extract.inputs.map(async ({ alias, productId }) => ({
      name: alias,
      ...(await readableForOwner(productId, ctx.product)),
    })),
  );
  const isRenamed = columns.some(({ source, field }) => source !== field);
  const plain = extract.sql.trim().replace(/;\s*$/, '');
  const sql = isRenamed ? select(columns, `(\n${plain}\n) as source`) : extract.sql;
  return { sql, inputs, signal: ctx.signal };
}

/** Reads the file as the contract; a value that does not fit stops the load instead of vanishing. */
async function uploadSelect(uploadId: string, spec: EtlSpec, ctx: DriverCtx): Promise<string> {
  const upload = await db().upload.findUnique({ where: { id: uploadId } });
  if (!upload) throw precondition('The uploaded file is gone. Upload it again.');
  const file = path.resolve(env().home, upload.path);
  const { signal } = ctx;
  const source =
    (upload.profile as { source?: UploadSource }).source ??
    (await inspectFile(file, upload.format as UploadFormat, { signal })).source;
  const origin = new Map(spec.transform.columns.map((one) => [one.field, one.source]));
  const fields = ctx.product.descriptor.spec.schema.map((field) => ({
    ...field,
    sourceName: origin.get(field.name) ?? field.name,
  }));
  const [misfit] = await castFailures(file, source, fields, { signal });
  if (misfit) {
    const { column, count, firstValue, firstRow } = misfit;
    const type = fields.find((field) => field.name === column)?.type;
    throw invalid(
      `${count.toLocaleString('en')} ${count === 1 ? 'value' : 'values'} of ${column} cannot be read as ${type}; the first is "${firstValue}" in row ${firstRow}. Change the type, or mend the file.`,
    );
  }
  return relationForUpload(file, source, fields);
}
