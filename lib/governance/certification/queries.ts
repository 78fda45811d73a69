import { z } from 'zod';
import { type Ctx, can, db, now } from '@/lib/core';
import { requireVisibleProduct } from '../discover';
import { requireSignedIn } from '../require-signed-in';
import { obstaclesTo } from './obstacles';

const PAGE = 20;

export const CertificationPage = z.object({ after: z.string().max(100).optional() });
export type CertificationPage = z.input<typeof CertificationPage>;

export interface CertificationRow {
  id: string;
  version: string;
  reason: string;
  by: string;
  at: string;
  until: string;
  /** Null: it stands. */
  end: { at: string; kind: string; reason: string; by: string | null } | null;
}
export interface ProductCertification {
  /** The one that stands now. */
  standing: CertificationRow | null;
  /** Every one that was, newest first, this one too. */
  history: CertificationRow[];
  nextPage: string | null;
  mayCertify: boolean;
  /** For those who may: why it cannot be certified now. */
  obstacles: string[];
}

/** How a product is certified and was. @throws AppError not_found */
export async function productCertification(
  ctx: Ctx,
  productId: string,
  raw: CertificationPage = {},
): Promise<ProductCertification> {
  requireSignedIn(ctx, ['catalog:read']);
  const { after } = CertificationPage.parse(raw);
  const { id, ownerId } = await requireVisibleProduct(ctx, productId);
  const person = { select: { name: true } };
  const rows = await db().certification.findMany({
    where: { productId: id, ...(after && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    include: { certifier: person, ender: person },
  });
  const history = rows.slice(0, PAGE).map(toRow);
  const isOwner = ctx.actor.type === 'user' && ctx.actor.id === ownerId;
  const mayCertify = can(ctx, 'product.certify') && !isOwner;
  return {
    standing: after ? null : (history.find(({ end }) => end === null) ?? null),
    history,
    nextPage: rows.length > PAGE ? history.at(-1)!.id : null,
    mayCertify,
    obstacles: mayCertify ? await obstaclesTo(id) : [],
  };
}

/** Until when a product is certified; null when it is not. @throws AppError not_found */
export async function certifiedUntil(ctx: Ctx, productId: string): Promise<string | null> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const { id } = await requireVisibleProduct(ctx, productId);
  const found = await db().certification.findFirst({
    where: { productId: id, endedAt: null, until: { gt: now() } },
    select: { until: true },
  });
  return found?.until.toISOString() ?? null;
}

interface Found {
  id: string;
  version: string;
  reason: string;
  createdAt: Date;
  until: Date;
  endedAt: Date | null;
  endedBy: string | null;
  endReason: string;
  certifier: { name: string };
  ender: { name: string } | null;
}

function toRow({ id, version, reason, certifier, createdAt, until, ...row }: Found) {
  const isOver = row.endedAt !== null || until <= now();
  const end = isOver && {
    at: (row.endedAt ?? until).toISOString(),
    kind: row.endedBy ?? 'expired',
    reason: row.endReason,
    by: row.ender?.name ?? null,
  };
  return {
    ...{ id, version, reason, by: certifier.name },
    ...{ at: createdAt.toISOString(), until: until.toISOString() },
    end: end || null,
  };
}
