import type { Context, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import { recordDecision } from '@/lib/audit';
import { AppError, type Ctx, db, forbidden, listen, now, pool, type UserActor } from '@/lib/core';
import { rulesThatPermit } from './compile';
import type { Decision, DecisionProduct, DecisionRequest } from './decision';
import type { EffectivePolicy } from './effective';
import { authorize } from './engine';
import { LRU } from './lru';
import { effectivePolicy } from './policies';
import { reasonOf } from './reason';

interface Facts {
  isDisabled: boolean;
  grant: { id: string; permissions: string[]; purpose: string; expiresAt: Date | null } | null;
}
interface Entry {
  decision: Decision;
  /** A grant's end, after which the answer may differ. */
  validUntil: number;
}
interface Cache {
  entries: LRU<Entry>;
  /** Raised by every drop: an answer that was being worked out meanwhile is not kept. */
  generation: number;
  listening?: Promise<unknown>;
}
const store = globalThis as { __portolanDecisionCache?: Cache };

function cache(): Cache {
  store.__portolanDecisionCache ??= { entries: new LRU(20_000), generation: 0 };
  return store.__portolanDecisionCache;
}

function drop(): void {
  const held = cache();
  held.generation += 1;
  held.entries.clear();
}

const FACTS = `select u."disabledAt" is not null as "isDisabled", g.id, g.permissions, g.purpose,
    g."expiresAt"
  from "user" u
  left join lateral (select * from "grant" where "productId" = $2 and "subjectId" = u.id
    and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > $3)
    order by "createdAt" desc limit 1) g on true
  where u.id = $1`;

/** One prepared statement: this stands in the way of every first read. */
async function loadFacts(userId: string, productId: string): Promise<Facts> {
  const { rows } = await pool().query<Facts['grant'] & { isDisabled: boolean; id: string | null }>({
    name: 'decision_facts',
    text: FACTS,
    values: [userId, productId, now()],
  });
  const row = rows[0];
  if (!row) return { isDisabled: true, grant: null };
  const { isDisabled, ...grant } = row;
  return { isDisabled, grant: grant.id === null ? null : grant };
}

function keyOf(actor: UserActor, request: DecisionRequest, policy: EffectivePolicy): string {
  const { product, action, context } = request;
  const role = actor.memberships.find((one) => one.domainId === product.domainId)?.role;
  return JSON.stringify([
    actor.id,
    role,
    actor.token?.scopes,
    action,
    [product.id, product.domainId, product.classification, product.ownerId, product.status],
    context?.purpose,
    policy.version,
  ]);
}

const uid = (type: string, id: string) => ({ type, id });
const ref = (type: string, id: string) => ({ __entity: { type, id } });

function entitiesOf(actor: UserActor, product: DecisionProduct, facts: Facts): EntityJson[] {
  const role = actor.memberships.find((one) => one.domainId === product.domainId)?.role;
  const roleId = `${product.domain}/${role}`;
  const domain = ref('Domain', product.domainId);
  const entities: EntityJson[] = [
    {
      uid: uid('User', actor.id),
      attrs: {
        isDisabled: facts.isDisabled,
        ...(role && { membership: ref('DomainRole', roleId) }),
      },
      parents: [],
    },
    productEntity(product),
  ];
  if (role) entities.push({ uid: uid('DomainRole', roleId), attrs: { role, domain }, parents: [] });
  return entities;
}

function productEntity(product: DecisionProduct): EntityJson {
  const { classification, status } = product;
  const domain = ref('Domain', product.domainId);
  const owner = ref('User', product.ownerId);
  return {
    uid: uid('Product', product.id),
    attrs: { owner, domain, classification, status },
    parents: [uid('Domain', product.domainId)],
  };
}

function contextOf(actor: UserActor, request: DecisionRequest, facts: Facts): Context {
  const { grant } = facts;
  const purpose = request.context?.purpose;
  return {
    ...(purpose && { purpose }),
    ...(actor.token && { scopes: actor.token.scopes }),
    ...(grant && {
      grant: {
        id: grant.id,
        product: ref('Product', request.product.id),
        subject: ref('User', actor.id),
        permissions: grant.permissions,
        purpose: grant.purpose,
      },
    }),
  };
}

/**
 * May the actor do this to the product's data? Deny unless a rule permits; a forbid wins. Answers are
 * kept per process and dropped when memberships, grants, products or policies change anywhere.
 */
export async function decide(ctx: Ctx, request: DecisionRequest): Promise<Decision> {
  const { actor } = ctx;
  const { product, action } = request;
  if (actor.type === 'anonymous') {
    return { allow: false, policies: [], reason: 'You are not signed in.', howToAsk: null };
  }
  const policy = await effectivePolicy(product.domain);
  if (actor.type === 'system') {
    const answer = authorize(policy, {
      principal: uid('System', actor.name) as { type: 'System'; id: string },
      action,
      productId: product.id,
      context: {},
      entities: [productEntity(product)],
    });
    return { ...answer, reason: reasonOf({ policy, request, answer }), howToAsk: null };
  }
  const held = cache();
  held.listening ??= Promise.all([
    listen('portolan_access', drop),
    listen('portolan_product', drop),
    listen('portolan_policy', drop),
  ]);
  await held.listening;
  const key = keyOf(actor, request, policy);
  const known = held.entries.get(key);
  if (known && known.validUntil > now().getTime()) return known.decision;
  const { generation } = held;
  const entry = await work(actor, request, policy);
  if (held.generation === generation) held.entries.set(key, entry);
  return entry.decision;
}

async function work(
  actor: UserActor,
  request: DecisionRequest,
  policy: EffectivePolicy,
): Promise<Entry> {
  const { product, action } = request;
  const facts = await loadFacts(actor.id, product.id);
  const answer = authorize(policy, {
    principal: { type: 'User', id: actor.id },
    action,
    productId: product.id,
    context: contextOf(actor, request, facts),
    entities: entitiesOf(actor, product, facts),
  });
  const owner = answer.allow
    ? null
    : await db().user.findUnique({ where: { id: product.ownerId }, select: { email: true } });
  const href = `/products/${product.domain}/${product.name}/access`;
  const reason = reasonOf({ policy, request, answer, actor, grant: facts.grant });
  const unmet = rulesThatPermit(policy, action, product.classification);
  const isRefusedByAll = !answer.allow && answer.policies.length === 0;
  const policies = isRefusedByAll ? unmet.map(({ id, title }) => ({ id, title })) : answer.policies;
  return {
    decision: { ...answer, policies, reason, howToAsk: owner && { owner: owner.email, href } },
    validUntil: facts.grant?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}

/**
 * Decides and writes the decision down before anything is served.
 * @throws AppError forbidden with `policies`, `reason`, `howToAsk` and `decisionId`
 */
export async function requireDecision(
  ctx: Ctx,
  request: DecisionRequest,
): Promise<Decision & { id: string }> {
  const decision = await decide(ctx, request);
  const { product, action, context } = request;
  const { allow, policies, reason, howToAsk } = decision;
  const id = await recordDecision(ctx, {
    action: `product.${action}`,
    decision: allow ? 'allow' : 'deny',
    target: { type: 'product', id: product.id },
    productId: product.id,
    domainId: product.domainId,
    detail: {
      product: `${product.domain}/${product.name}`,
      classification: product.classification,
      policies: policies.map((one) => one.id),
      reason,
      via: ctx.via,
      ...(context?.purpose && { purpose: context.purpose }),
    },
  });
  if (allow) return { ...decision, id };
  if (ctx.actor.type === 'anonymous') {
    throw new AppError('unauthenticated', 'Sign in, or send an API token, to read this product.');
  }
  const ask = howToAsk ? ` Ask ${howToAsk.owner} for access (${howToAsk.href}).` : '';
  throw forbidden(`${reason}${ask}`, { policies, reason, howToAsk, decisionId: id });
}
