import path from 'node:path';
import { ctxForUser } from '@/lib/auth';
import { type Ctx, db, env, forbidden, invalid, isAppError, precondition } from '@/lib/core';
import { type DecisionRequest, requireDecision } from '@/lib/governance';
import { quoteIdent } from '@/lib/specs';
import type { DriverCtx } from '../drivers/define-driver';
import {
  castFailures,
  inspectFile,
  relationForUpload,
  type UploadFormat,
  type UploadSource,
} from '../ingest';
import { scanWithout } from '../lake/scan';
import { type SnapshotTarget, type WrittenSnapshot, writeSnapshot } from '../lake/snapshot';
import { runSqlToSnapshot } from '../sandbox';
import { type ReadableSnapshot, readableSnapshot } from '../snapshots/opt-outs';
import type { EtlSpec } from './spec';

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
      const { files, without } = await inputOf(extract.productId, ctx);
      const sql = select(columns, scanWithout(files, without));
      return writeSnapshot({ ...target, sql, inputs: files, signal });
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
      ...(await inputOf(productId, ctx)),
    })),
  );
  const isRenamed = columns.some(({ source, field }) => source !== field);
  const plain = extract.sql.trim().replace(/;\s*$/, '');
  const sql = isRenamed ? select(columns, `(\n${plain}\n) as source`) : extract.sql;
  return { sql, inputs, signal: ctx.signal };
}

/**
 * What a product's consumers are served now. A product reads with its owner's rights, decided and
 * written down like anybody's: whoever may no longer read a source gets nothing new of it.
 */
async function inputOf(productId: string, ctx: DriverCtx): Promise<ReadableSnapshot> {
  const source = await db().product.findUnique({
    where: { id: productId },
    include: {
      domain: { select: { name: true } },
      environments: { where: { environment: 'production', status: 'live' } },
    },
  });
  const snapshotId = source?.environments[0]?.snapshotId;
  if (!source || !snapshotId) {
    const name = source ? `${source.domain.name}/${source.name}` : 'A source product';
    throw precondition(`${name} is not live, so it cannot be read. Choose another source.`);
  }
  const { environments: _, ...product } = source;
  await requireOwnerRead(ctx, {
    action: 'read',
    product: { ...product, domain: source.domain.name },
    context: { purpose: `input of ${ctx.product.domain}/${ctx.product.name}` },
  });
  return readableSnapshot(snapshotId);
}

/** @throws AppError forbidden that names the source and the owner; the reason is in the audit */
async function requireOwnerRead({ product }: DriverCtx, request: DecisionRequest): Promise<void> {
  const source = `${request.product.domain}/${request.product.name}`;
  const owner = await ownerCtx(product.ownerId, `${product.domain}/${product.name}`);
  try {
    await requireDecision(owner, request);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'forbidden') throw error;
    const who = owner.actor.type === 'user' ? owner.actor.email : 'The owner';
    throw forbidden(
      `${who} owns ${product.domain}/${product.name} and may not read its source ${source}; a product reads with its owner's rights. Give the owner access to ${source}, then load again.`,
      error.details,
    );
  }
}

async function ownerCtx(ownerId: string, product: string): Promise<Ctx> {
  try {
    return await ctxForUser(ownerId);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
    throw forbidden(
      `The owner of ${product} is no longer active here, and a product reads its sources with its owner's rights.`,
    );
  }
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
