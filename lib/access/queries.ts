import { type Ctx, can, db, notFound, now, requireCan } from '@/lib/core';
import {
  type Decision,
  decide,
  effectivePolicy,
  refLabel,
  requireSignedIn,
  requireVisibleProduct,
} from '@/lib/governance';
import type { DataProduct, GrantTerms, SchemaField } from '@/lib/specs';
import { autoApproval } from './requests/auto-approval';
import { holderNames } from './requests/queries';

export interface GrantRow {
  id: string;
  person: { id: string; email: string; name: string; isDisabled: boolean };
  permissions: string[];
  purpose: string;
  grantedBy: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  state: 'active' | 'expired' | 'revoked';
  /** The purpose in the words of who asked. */
  note: string;
  /** A team or product that it is for, by name; null for the person alone. */
  holder: string | null;
  terms: GrantTerms | null;
  /** Half a year has passed since somebody looked at it. */
  isReviewDue: boolean;
  /** Reads that the person made of this product in the last 30 days, and the latest of them. */
  reads: { count: number; lastAt: string | null };
}

const USAGE_DAYS = 30;
const MAX_LISTED = 500;

async function productOf(productId: string) {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: {
      id: true,
      name: true,
      title: true,
      domainId: true,
      classification: true,
      ownerId: true,
      status: true,
      domain: { select: { name: true } },
      owner: { select: { email: true, name: true } },
    },
  });
  if (!product) throw notFound('This product');
  return product;
}

/** A product's grants, those in force first. For its owner, its domain's data admins and stewards. */
export async function listGrants(ctx: Ctx, productId: string): Promise<GrantRow[]> {
  const product = await productOf(productId);
  if (!can(ctx, 'audit.read')) {
    requireCan(ctx, 'grant.manage', { domainId: product.domainId, ownerId: product.ownerId });
  }
  return grantsOf(productId);
}

async function grantsOf(productId: string, subjectId?: string): Promise<GrantRow[]> {
  const rows = await db().grant.findMany({
    where: { productId, ...(subjectId && { subjectId }) },
    orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
    take: MAX_LISTED,
    include: { subject: { select: { id: true, email: true, name: true, disabledAt: true } } },
  });
  if (rows.length === 0) return [];
  const [usage, granters, names] = await Promise.all([
    db().usageEvent.groupBy({
      by: ['actorId'],
      where: {
        productId,
        actorId: { in: rows.map((row) => row.subjectId) },
        at: { gte: new Date(now().getTime() - USAGE_DAYS * 86_400_000) },
        status: { lt: 400 },
      },
      _count: { _all: true },
      _max: { at: true },
    }),
    db().user.findMany({
      where: { id: { in: rows.map((row) => row.grantedById) } },
      select: { id: true, email: true },
    }),
    holderNames(rows),
  ]);
  const reads = new Map(usage.map((one) => [one.actorId, one]));
  const emails = new Map(granters.map((one) => [one.id, one.email]));
  const at = now();
  const order = { active: 0, expired: 1, revoked: 2 };
  return rows
    .map((row): GrantRow => {
      const used = reads.get(row.subjectId);
      const isOver = row.expiresAt !== null && row.expiresAt <= at;
      return {
        id: row.id,
        person: {
          id: row.subject.id,
          email: row.subject.email,
          name: row.subject.name,
          isDisabled: row.subject.disabledAt !== null,
        },
        permissions: row.permissions,
        purpose: row.purpose,
        note: row.note,
        holder: names.get(row.teamId ?? row.readerId ?? '') ?? null,
        terms: row.terms as GrantTerms | null,
        isReviewDue: row.reviewAt !== null && row.reviewAt <= at,
        grantedBy: emails.get(row.grantedById) ?? 'Portolan',
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt?.toISOString() ?? null,
        revokedAt: row.revokedAt?.toISOString() ?? null,
        state: row.revokedAt ? 'revoked' : isOver ? 'expired' : 'active',
        reads: { count: used?._count._all ?? 0, lastAt: used?._max.at?.toISOString() ?? null },
      };
    })
    .sort((a, b) => order[a.state] - order[b.state]);
}

export interface ProductAccess {
  product: { id: string; domain: string; name: string; classification: string; status: string };
  owner: { email: string; name: string };
  /** What would happen if the viewer read the product now. */
  decision: Decision;
  canManage: boolean;
  /** Roles of the domain that reach this classification, by the policies in force. */
  roles: { role: string; permissions: string[]; policy: string }[];
  /** Every grant for those who manage them, else the viewer's own. */
  grants: GrantRow[];
  /** Set for those who manage grants: the rule that approves requests by itself, and the columns to choose from. */
  manage: { rule: Awaited<ReturnType<typeof autoApproval>>; fields: SchemaField[] } | null;
}

const fieldsOf = (descriptor: unknown): SchemaField[] =>
  (descriptor as DataProduct | undefined)?.spec?.schema ?? [];

/** Everything the product page says about access, for whoever looks. */
export async function productAccess(ctx: Ctx, productId: string): Promise<ProductAccess> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const { domain, owner, ...product } = await productOf(productId);
  const scope = { domainId: product.domainId, ownerId: product.ownerId };
  const canManage = can(ctx, 'grant.manage', scope);
  const policy = await effectivePolicy(domain.name);
  const viewerId = ctx.actor.type === 'user' ? ctx.actor.id : undefined;
  const [decision, grants, rule, contract] = await Promise.all([
    decide(ctx, { action: 'read', product: { ...product, domain: domain.name } }),
    canManage || can(ctx, 'audit.read') ? grantsOf(productId) : grantsOf(productId, viewerId),
    canManage ? autoApproval(ctx, productId) : null,
    canManage
      ? db().product.findUnique({ where: { id: productId }, select: { descriptor: true } })
      : null,
  ]);
  const roles = Object.entries(policy.access)
    .filter(([, rule]) => rule.value.dataAccess.some((level) => level === product.classification))
    .map(([role, rule]) => ({
      role,
      permissions: rule.value.permissions,
      policy: refLabel(rule.from),
    }));
  const { id, name, classification, status } = product;
  return {
    product: { id, domain: domain.name, name, classification, status },
    owner,
    decision,
    canManage,
    roles,
    grants,
    manage: canManage ? { rule, fields: fieldsOf(contract?.descriptor) } : null,
  };
}
