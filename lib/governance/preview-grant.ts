import { type Ctx, now, type UserActor } from '@/lib/core';
import type { Classification } from '@/lib/specs';
import { compileCondition } from './compile';
import { type DecisionInput, decideWith, policyApplies, requestOf } from './decide-with';
import type { DecisionProduct } from './decision';
import type { EffectivePolicy } from './effective';
import { appliesAlone } from './engine';
import { loadFacts } from './facts';
import { effectivePolicy } from './policies';
import { reasonOf } from './reason';

export interface GrantPreview {
  /** What the actor may read now: all, by a grant a part, or nothing. */
  now: 'all' | 'part' | 'nothing';
  /** Whether a grant would open it, hours and networks aside. */
  opens: boolean;
  /** The rules that decide about it with the grant. */
  policies: { id: string; title: string }[];
  reason: string;
  /** What holds for every read by the grant. */
  obligations: string[];
}
export interface AskedGrant {
  purpose: string;
  days: number;
}
type Asking = Ctx & { actor: UserActor };

async function inputOf(ctx: Asking, product: DecisionProduct): Promise<DecisionInput> {
  const { actor } = ctx;
  return {
    policy: await effectivePolicy(product.domain),
    action: 'read',
    product,
    person: {
      id: actor.id,
      role: actor.memberships.find((one) => one.domainId === product.domainId)?.role ?? null,
    },
    facts: await loadFacts(actor.id, product.id, ctx.readerId),
    at: now(),
    ip: ctx.ip,
  };
}

/** What policy would say to the actor if they held a grant for this purpose. Nothing is opened by asking. */
export async function previewGrant(
  ctx: Asking,
  product: DecisionProduct,
  asked: AskedGrant,
): Promise<GrantPreview> {
  const input = await inputOf(ctx, product);
  const held = decideWith({ ...input, purpose: ctx.purpose });
  const { purpose } = asked;
  const grant = { id: 'asked', permissions: ['read'], purpose, expiresAt: null, terms: null };
  const granted = { ...input, facts: { ...input.facts, grants: [grant] } };
  const policy = withoutCircumstances(input.policy);
  const answer = decideWith({ ...granted, policy });
  const request = { action: 'read', product };
  return {
    now: !held.allow ? 'nothing' : held.grant?.terms ? 'part' : 'all',
    opens: answer.allow,
    policies: answer.policies,
    reason: reasonOf({ policy, request, answer, actor: ctx.actor, grant }),
    obligations: obligationsOf(granted),
  };
}

/** A grant can be used later and from elsewhere: its hours and networks are obligations, no refusal. */
function withoutCircumstances(policy: EffectivePolicy): EffectivePolicy {
  const conditions = policy.conditions.flatMap(({ value, from }) => {
    const { hours: _hours, networks: _networks, ...require } = value.require;
    return Object.keys(require).length > 0 ? [{ from, value: { ...value, require } }] : [];
  });
  return { ...policy, conditions };
}

function obligationsOf(input: DecisionInput): string[] {
  const { policy, product } = input;
  const conditions = policy.conditions.flatMap((condition) => {
    const concerns = compileCondition({
      ...condition,
      value: { ...condition.value, require: {} },
    });
    return policyApplies(input, concerns) ? [compileCondition(condition).title] : [];
  });
  const level = policy.classifications[product.classification as Classification];
  return [
    ...conditions,
    ...(level?.description ? [`${product.classification}: ${level.description.value}`] : []),
    ...(input.facts.hasPersonalData
      ? ['It holds personal data: use it for the stated purpose alone']
      : []),
    'Every read is written to the audit log',
  ];
}

/** Whether an owner's rule, written in Cedar, permits the request. `context` has its purpose and days. */
export async function requestMeets(
  ctx: Asking,
  product: DecisionProduct,
  asked: AskedGrant,
  cedar: string,
): Promise<boolean> {
  const input = { ...(await inputOf(ctx, product)), purpose: asked.purpose };
  const request = requestOf(input, null);
  const context = { ...request.context, days: asked.days };
  return appliesAlone({ id: 'rule', title: 'rule', text: cedar }, { ...request, context });
}
