import path from 'node:path';
import { db, env, precondition } from '@/lib/core';
import { quoteLiteral } from '@/lib/specs';
import type { DriverCtx } from '../drivers/define-driver';
import { resolveLakeFile } from '../lake/files';
import { type LakeFile, scanSql } from '../lake/scan';
import { snapshotFiles } from '../snapshots/store';
import type { Extract } from './spec';

/** Rows to load: a relation for FROM, the lake files it scans, and the way to clean up after it. */
export interface Source {
  relation: string;
  files: LakeFile[];
  close(): Promise<void>;
}
const nothing = async () => {};

/** @throws AppError when the source is gone or may not be read */
export async function openSource(extract: Extract, ctx: DriverCtx): Promise<Source> {
  switch (extract.kind) {
    case 'upload':
      return openUpload(extract.uploadId);
    case 'product': {
      const files = await liveFiles(extract.productId, extract.label, ctx.environment);
      return { relation: scanSql(files), files, close: nothing };
    }
    case 'sql':
      throw precondition('SQL sources are not there yet.');
  }
}

/** What a product's consumers are served now. */
async function liveFiles(productId: string, label: string, environment: string) {
  const served = await db().productEnvironment.findUnique({
    where: { productId_environment: { productId, environment } },
  });
  if (served?.status === 'live' && served.snapshotId) return snapshotFiles(served.snapshotId);
  throw precondition(`The source product ${label} is not live. Provision it, or choose another.`);
}

async function openUpload(uploadId: string): Promise<Source> {
  const upload = await db().upload.findUnique({ where: { id: uploadId } });
  if (!upload) throw precondition('The uploaded file is gone. Upload it again.');
  const file = quoteLiteral(path.resolve(env().home, upload.path));
  const relation = upload.format === 'parquet' ? `read_parquet(${file})` : `read_csv(${file})`;
  return { relation, files: [], close: nothing };
}
void resolveLakeFile;
