import { recordDecision } from '@/lib/audit';
import { AppError, type Ctx, forbidden, isHearing, listen, now, type UserActor } from '@/lib/core';
import { heldConditions } from './circumstances';
import { rulesThatPermit } from './compile';
import { type DecisionInput, decideWith, openingPurposes, productEntity } from './decide-with';
import type { Decision, DecisionProduct, DecisionRequest } from './decision';
import type { EffectivePolicy } from './effective';
import { authorize } from './engine';
import { loadFacts } from './facts';
import { LRU } from './lru';
import { effectivePolicy } from './policies';
import { reasonOf } from './reason';

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

const roleIn = (actor: UserActor, domainId: string) =>
  actor.memberships.find((one) => one.domainId === domainId)?.role ?? null;

const NOTHING_MORE = { howToAsk: null, purposes: null, grantId: null, terms: null };

const purposeOf = (ctx: Ctx, request: DecisionRequest) =>
  (request.context?.purpose ?? ctx.purpose)?.trim() || undefined;

function keyOf(ctx: Ctx, actor: UserActor, request: DecisionRequest, policy: EffectivePolicy) {
  const { product, action, context } = request;
  const isConditional = policy.conditions.length > 0;
  return JSON.stringify([
    actor.id,
    roleIn(actor, product.domainId),
    actor.token?.scopes,
    action,
    [product.id, product.domainId, product.classification, product.ownerId, product.status],
    purposeOf(ctx, request),
    ctx.readerId,
    context?.port,
    context?.environment,
    // Where and when count only where a policy looks at them.
    isConditional && heldConditions(policy, { at: now(), ip: ctx.ip }),
    policy.cedar.length > 0 && ctx.ip,
    policy.version,
  ]);
}

/**
 * May the actor do this to the product's data? Deny unless a rule permits; a forbid wins. Answers are
 * kept per process and dropped when memberships, grants, products or policies change anywhere.
 */
export async function decide(ctx: Ctx, request: DecisionRequest): Promise<Decision> {
  const { actor } = ctx;
  const { product, action } = request;
  if (actor.type === 'anonymous') {
    return {
      allow: false,
      policies: [],
      reason: 'You are not signed in.',
      ...NOTHING_MORE,
    };
  }
  const policy = await effectivePolicy(product.domain);
  if (actor.type === 'system') {
    const answer = authorize(policy, {
      principal: { type: 'System', id: actor.name },
      action,
      productId: product.id,
      context: { networkIn: [], timeIn: [] },
      entities: [productEntity(product, false)],
    });
    return {
      ...answer,
      reason: reasonOf({ policy, request, answer }),
      ...NOTHING_MORE,
    };
  }
  const held = cache();
  held.listening ??= Promise.all([
    listen('portolan_access', drop),
    listen('portolan_product', drop),
    listen('portolan_policy', drop),
  ]);
  await held.listening;
  const key = keyOf(ctx, actor, request, policy);
  // While a change could go unheard, the database answers.
  const known = isHearing() ? held.entries.get(key) : undefined;
  if (known && known.validUntil > now().getTime()) return known.decision;
  const { generation } = held;
  const entry = await work(ctx, actor, request, policy);
  if (held.generation === generation) held.entries.set(key, entry);
  return entry.decision;
}

async function work(
  ctx: Ctx,
  actor: UserActor,
  request: DecisionRequest,
  policy: EffectivePolicy,
): Promise<Entry> {
  const { product, action, context } = request;
  const facts = await loadFacts(actor.id, product.id, ctx.readerId);
  const input: DecisionInput = {
    policy,
    action,
    product,
    person: { id: actor.id, role: roleIn(actor, product.domainId), scopes: actor.token?.scopes },
    facts,
    purpose: purposeOf(ctx, request),
    at: now(),
    ip: ctx.ip,
    port: context?.port,
    environment: context?.environment,
  };
  const { grant, ...answer } = decideWith(input);
  const owner = answer.allow ? null : facts.ownerEmail;
  const href = `/products/${product.domain}/${product.name}/access`;
  const reason = reasonOf({
    policy,
    request,
    answer,
    actor,
    grant: grant ?? facts.grants[0] ?? null,
  });
  const unmet = rulesThatPermit(policy, action, product.classification);
  const isRefusedByAll = !answer.allow && answer.policies.length === 0;
  const policies = isRefusedByAll ? unmet.map(({ id, title }) => ({ id, title })) : answer.policies;
  return {
    decision: {
      ...answer,
      policies,
      reason,
      howToAsk: owner === null ? null : { owner, href },
      purposes: answer.allow ? null : openingPurposes(input),
      grantId: answer.allow ? (grant?.id ?? null) : null,
      terms: answer.allow ? (grant?.terms ?? null) : null,
    },
    validUntil: firstEnd(facts.grants),
  };
}

/** The moment after which the answer may be another. */
export const firstEnd = (grants: readonly { expiresAt: Date | null }[]): number =>
  Math.min(...grants.map(({ expiresAt }) => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY));

/**
 * Decides and writes the decision down before anything is served.
 * @throws AppError forbidden with `policies`, `reason`, `howToAsk`, `decisionId` and `why`, the playground
 */
export async function requireDecision(
  ctx: Ctx,
  request: DecisionRequest,
): Promise<Decision & { id: string }> {
  const decision = await decide(ctx, request);
  const { product, action } = request;
  const purpose = purposeOf(ctx, request);
  const { allow, policies, reason, howToAsk, purposes, grantId, terms } = decision;
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
      ...(purpose && { purpose }),
      ...(grantId && { grant: grantId }),
      ...(terms && { isNarrowed: true }),
    },
  });
  if (allow) return { ...decision, id };
  if (ctx.actor.type === 'anonymous') {
    throw new AppError('unauthenticated', 'Sign in, or send an API token, to read this product.');
  }
  const ask = howToAsk ? ` Ask ${howToAsk.owner} for access (${howToAsk.href}).` : '';
  throw forbidden(`${reason}${ask}`, {
    ...{ policies, reason, howToAsk, purposes, decisionId: id },
    why: `/governance/playground?product=${product.domain}/${product.name}`,
  });
}

/** Whether the actor reads every row and column as it is: what is told of the values asks for nothing less. */
export async function mayReadWhole(
  ctx: Ctx,
  product: DecisionProduct,
  context: DecisionRequest['context'] = {},
): Promise<boolean> {
  const { allow, terms } = await decide(ctx, { action: 'read', product, context });
  return allow && terms === null;
}

/**
 * A read of rows that cannot be narrowed: rows out of their order, rows that broke a rule.
 * @throws AppError forbidden, to those too whose grant opens a part
 */
export async function requireWholeRead(ctx: Ctx, product: DecisionProduct): Promise<void> {
  const { terms } = await requireDecision(ctx, { action: 'read', product });
  if (terms === null) return;
  throw forbidden(
    'Your grant opens a part of the rows, and these are shown as they are. Read the rows through the API, or ask the owner.',
  );
}
