import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  AppError,
  type Ctx,
  db,
  notFound,
  now,
  requireCan,
  transact,
  verifyStatement,
} from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { RETENTION_RECORD } from '../retention/enforce';
import { archiveFile } from './archive';
import type { ErasureDetail } from './erase';
import { RECEIPT_TYPE } from './execute';
import { type Deed, kindOf } from './kinds';
import { saltedHash } from './subject';

export interface PrivacyRow {
  id: string;
  regulation: string;
  kind: string;
  title: string;
  status: string;
  receivedAt: string;
  dueAt: string;
  completedAt: string | null;
  daysLeft: number;
  products: number;
}
const PAGE = 50;
const DAY_MS = 86_400_000;
export const PRIVACY_STATES = ['open', 'completed', 'rejected'] as const;

export const PrivacyFilter = z.object({
  state: z.enum(PRIVACY_STATES).optional().catch(undefined),
  after: z.string().max(100).optional(),
});
export type PrivacyFilter = z.input<typeof PrivacyFilter>;

/** Privacy requests, newest first. */
export async function listPrivacyRequests(
  ctx: Ctx,
  raw: PrivacyFilter = {},
): Promise<{ requests: PrivacyRow[]; nextPage: string | null }> {
  requireCan(ctx, 'privacy.manage');
  const { state, after } = PrivacyFilter.parse(raw);
  const rows = await db().privacyRequest.findMany({
    where: {
      ...(after && { id: { lt: after } }),
      ...(state && { status: state === 'open' ? { notIn: ['completed', 'rejected'] } : state }),
    },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    include: { _count: { select: { findings: true } } },
  });
  const page = rows.slice(0, PAGE);
  return {
    requests: page.map((row) => toRow(row, row._count.findings)),
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

interface Stored {
  id: string;
  regulation: string;
  kind: string;
  status: string;
  receivedAt: Date;
  dueAt: Date;
  completedAt: Date | null;
}

function toRow(row: Stored, products: number): PrivacyRow {
  const { id, regulation, kind, status } = row;
  return {
    id,
    regulation,
    kind,
    title: kindOf(regulation, kind)?.title ?? kind,
    status,
    receivedAt: row.receivedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
    daysLeft: Math.ceil((row.dueAt.getTime() - now().getTime()) / DAY_MS),
    products,
  };
}

export interface PrivacyDetail extends PrivacyRow {
  rev: number;
  does: Deed;
  article: string;
  note: string;
  rejectedFor: string | null;
  extendedFor: string | null;
  error: string | null;
  requestedBy: string | null;
  receipt: string | null;
  archive: { sizeBytes: number; until: string } | null;
  findings: {
    id: string;
    product: string;
    title: string;
    environment: string;
    columns: string[];
    rows: number;
    status: string;
    via: string;
    rowsErased: number | null;
    filesDestroyed: number;
    reason: string | null;
  }[];
}

export async function getPrivacyRequest(ctx: Ctx, id: string): Promise<PrivacyDetail> {
  requireCan(ctx, 'privacy.manage');
  const row = await db().privacyRequest.findUnique({
    where: { id },
    include: {
      findings: {
        orderBy: [{ via: 'asc' }, { id: 'asc' }],
        include: {
          product: { select: { name: true, title: true, domain: { select: { name: true } } } },
        },
      },
    },
  });
  if (!row) throw notFound('This request');
  const person = row.requestedById
    ? await db().user.findUnique({ where: { id: row.requestedById }, select: { email: true } })
    : null;
  const kind = kindOf(row.regulation, row.kind);
  return {
    ...toRow(row, row.findings.length),
    rev: row.rev,
    does: kind?.does ?? 'export',
    article: kind?.article ?? '',
    note: row.note,
    rejectedFor: row.rejectedFor,
    extendedFor: row.extendedFor,
    error: row.error,
    requestedBy: person?.email ?? null,
    receipt: row.receipt,
    archive:
      row.archivePath && row.archiveUntil
        ? { sizeBytes: Number(row.archiveSizeBytes ?? 0), until: row.archiveUntil.toISOString() }
        : null,
    findings: row.findings.map((one) => {
      const detail = (one.detail ?? {}) as ErasureDetail;
      return {
        id: one.id,
        product: `${one.product.domain.name}/${one.product.name}`,
        title: one.product.title,
        environment: one.environment,
        columns: one.columns,
        rows: Number(one.rowCount),
        status: one.status,
        via: one.via,
        rowsErased: detail.rowsErased ?? null,
        filesDestroyed: detail.destroyed?.length ?? 0,
        reason: detail.reason ?? null,
      };
    }),
  };
}

/** The archive of a request, streamed; that somebody took it is in the audit log. */
export async function openArchive(
  ctx: Ctx,
  id: string,
): Promise<{ body: Readable; sizeBytes: number; fileName: string }> {
  requireCan(ctx, 'privacy.manage');
  const row = await db().privacyRequest.findUnique({ where: { id } });
  if (!row) throw notFound('This request');
  if (!row.archivePath || !row.archiveUntil || row.archiveUntil <= now()) {
    throw new AppError('gone', 'This archive is deleted: it is kept for two weeks.');
  }
  await transact(async (tx) => {
    audit(tx, ctx, {
      action: 'privacy.download',
      target: { type: 'privacy_request', id },
      detail: { sha256: row.archiveSha256 },
    });
  });
  return {
    body: createReadStream(archiveFile(id)),
    sizeBytes: Number(row.archiveSizeBytes ?? 0),
    fileName: `privacy-${id}.zip`,
  };
}

export const VerifyReceiptInput = z.object({
  receipt: z.string().trim().min(1, 'Paste the receipt').max(2_000_000),
  /** When given, whether the receipt is about this person is checked too. */
  identifier: z.string().trim().max(200).default(''),
});
export type VerifyReceiptInput = z.input<typeof VerifyReceiptInput>;

/**
 * Whether a receipt was signed here and is unchanged, and, for who knows the identifier, whose it is.
 * @throws AppError invalid saying what is wrong with it
 */
export async function verifyReceipt(
  ctx: Ctx,
  raw: VerifyReceiptInput,
): Promise<{ claims: Record<string, unknown>; isAbout: boolean | null }> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const { receipt, identifier } = VerifyReceiptInput.parse(raw);
  const claims = await verifyStatement([RECEIPT_TYPE, RETENTION_RECORD], receipt);
  const subject = (claims.subject ?? {}) as { salt?: string; sha256?: string };
  const isAbout =
    identifier && subject.salt ? saltedHash(subject.salt, identifier) === subject.sha256 : null;
  return { claims, isAbout };
}
