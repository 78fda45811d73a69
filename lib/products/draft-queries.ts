import { type Ctx, db } from '@/lib/core';
import { ownDraft, requireAuthor } from './draft-author';
import type { DraftData } from './draft-data';
import { type UploadView, uploadView } from './upload-view';

export interface DraftSummary {
  id: string;
  title: string;
  domain: string | null;
  template: string | null;
  updatedAt: string;
}
export interface DraftView {
  id: string;
  rev: number;
  data: DraftData;
  upload: UploadView | null;
  submittedAt: string | null;
  productId: string | null;
  /** The newest run of the product that was made of it. */
  runId: string | null;
  updatedAt: string;
}

/** The caller's drafts that are not submitted, the last touched first. */
export async function listDrafts(ctx: Ctx): Promise<DraftSummary[]> {
  const author = requireAuthor(ctx);
  const rows = await db().productDraft.findMany({
    where: { authorId: author.id, submittedAt: null },
    orderBy: { updatedAt: 'desc' },
    take: 50,
  });
  return rows.map((row) => {
    const data = row.data as DraftData;
    return {
      id: row.id,
      title: data.title || data.name || 'Untitled',
      domain: data.domain ?? null,
      template: data.template ?? null,
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

/** @throws AppError not_found for somebody else's draft too */
export async function getDraft(ctx: Ctx, draftId: string): Promise<DraftView> {
  const row = await ownDraft(db(), ctx, draftId);
  const upload = row.uploadId
    ? await db().upload.findUnique({ where: { id: row.uploadId } })
    : null;
  const run = row.productId
    ? await db().provisioningRun.findFirst({
        where: { productId: row.productId },
        orderBy: { createdAt: 'desc' },
        select: { id: true },
      })
    : null;
  return {
    id: row.id,
    rev: row.rev,
    data: row.data as DraftData,
    upload: upload && uploadView(upload),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    productId: row.productId,
    runId: run?.id ?? null,
    updatedAt: row.updatedAt.toISOString(),
  };
}
