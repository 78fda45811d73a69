import { z } from 'zod';
import { type Ctx, can, db, type Prisma } from '@/lib/core';
import { requireSignedIn } from '../require-signed-in';

export const WAIVER_STATES = ['requested', 'approved', 'rejected', 'revoked', 'expired'] as const;
export const WaiverFilter = z.object({
  status: z.enum(WAIVER_STATES).optional().catch(undefined),
  after: z.string().max(100).optional(),
});
export type WaiverFilter = z.input<typeof WaiverFilter>;

export interface WaiverRow {
  id: string;
  ruleId: string;
  reason: string;
  status: string;
  owner: string;
  requestedBy: string;
  decidedBy: string | null;
  decisionNote: string;
  createdAt: string;
  expiresAt: string;
  product: { domain: string; name: string; title: string } | null;
  draftId: string | null;
  isMine: boolean;
}
const PAGE = 50;

/** Waivers that the viewer has to do with: stewards and admins see all, others their domains' and their own. */
export async function listWaivers(
  ctx: Ctx,
  raw: WaiverFilter = {},
): Promise<{ waivers: WaiverRow[]; nextPage: string | null; canDecide: boolean }> {
  requireSignedIn(ctx, ['governance:read']);
  const { status, after } = WaiverFilter.parse(raw);
  const rows = await db().waiver.findMany({
    where: {
      AND: [visibleTo(ctx), ...(after ? [{ id: { lt: after } }] : [])],
      ...(status && { status }),
    },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    include: {
      product: { select: { name: true, title: true, domain: { select: { name: true } } } },
    },
  });
  const page = rows.slice(0, PAGE);
  const people = await db().user.findMany({
    where: {
      id: {
        in: page.flatMap((row) =>
          [row.ownerId, row.requestedById ?? [], row.decidedById ?? []].flat(),
        ),
      },
    },
    select: { id: true, email: true },
  });
  const emails = new Map(people.map((one) => [one.id, one.email]));
  const me = ctx.actor.type === 'user' ? ctx.actor.id : null;
  return {
    canDecide: can(ctx, 'waiver.decide'),
    nextPage: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
    waivers: page.map((row) => ({
      id: row.id,
      ruleId: row.ruleId,
      reason: row.reason,
      status: row.status,
      owner: emails.get(row.ownerId) ?? 'unknown',
      requestedBy: emails.get(row.requestedById ?? '') ?? 'Portolan',
      decidedBy: emails.get(row.decidedById ?? '') ?? null,
      decisionNote: row.decisionNote,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      draftId: row.draftId,
      product: row.product && {
        domain: row.product.domain.name,
        name: row.product.name,
        title: row.product.title,
      },
      isMine: row.requestedById !== null && row.requestedById === me,
    })),
  };
}

function visibleTo(ctx: Ctx): Prisma.WaiverWhereInput {
  const { actor } = ctx;
  if (actor.type === 'system' || can(ctx, 'waiver.decide') || can(ctx, 'audit.read')) return {};
  if (actor.type !== 'user') return { id: '' };
  const domains = actor.memberships
    .filter(({ role }) => role !== 'data_consumer')
    .map(({ domainId }) => domainId);
  return {
    OR: [
      { ownerId: actor.id },
      { requestedById: actor.id },
      { product: { OR: [{ ownerId: actor.id }, { domainId: { in: domains } }] } },
    ],
  };
}
