import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, can, db, forbidden, invalid, notFound, now, transact } from '@/lib/core';
import { PERMISSIONS } from '@/lib/specs';
import { isPermit } from './cedar-check';
import { heldConditions, plainAddress } from './circumstances';
import { compilePolicy } from './compile';
import { type DecisionInput, decideWith, policyApplies } from './decide-with';
import { mayDiscover } from './discover';
import { loadFacts } from './facts';
import { effectivePolicy } from './policies';
import { requireSignedIn } from './require-signed-in';

export const PlaygroundInput = z.object({
  /** The e-mail address of whose decision it is. */
  person: z.string().trim().toLowerCase().pipe(z.email('Type an e-mail address')),
  product: z
    .string()
    .trim()
    .regex(/^[\w-]+\/[\w-]+$/, 'Write domain/product, for example sales/orders'),
  action: z.enum([...PERMISSIONS, 'discover']).default('read'),
  purpose: z.string().trim().max(200).default(''),
  /** ISO time; without it now. */
  at: z.union([z.iso.datetime({ offset: true }), z.literal('')]).default(''),
  network: z
    .string()
    .trim()
    .max(60)
    .default('')
    .refine((text) => text === '' || plainAddress(text) !== null, {
      error: 'Use an address such as 10.0.0.7',
    }),
});
export type PlaygroundInput = z.input<typeof PlaygroundInput>;

export interface PlaygroundResult {
  allow: boolean;
  person: { email: string; role: string | null; isDisabled: boolean; grant: string | null };
  product: { address: string; classification: string; status: string; hasPersonalData: boolean };
  policies: {
    id: string;
    title: string;
    text: string;
    effect: 'permit' | 'forbid';
    /** Whether it applied, taken by itself. */
    matched: boolean;
    decided: boolean;
  }[];
  /** Conditions that hold at that time and from that network. */
  holding: string[];
}

/**
 * What would be decided, and every policy that was looked at. Nothing is opened by it; that somebody asked is in
 * the audit log. Stewards may ask about anybody, others about themselves.
 * @throws AppError not_found | forbidden | invalid
 */
export async function tryDecision(ctx: Ctx, raw: PlaygroundInput): Promise<PlaygroundResult> {
  requireSignedIn(ctx, ['governance:read']);
  const asked = PlaygroundInput.parse(raw);
  const isSelf = ctx.actor.type === 'user' && ctx.actor.email === asked.person;
  if (!isSelf && !can(ctx, 'policy.approve') && !can(ctx, 'audit.read')) {
    throw forbidden('You may try decisions about yourself. Stewards may about everybody.', {
      permission: 'policy.approve',
    });
  }
  const input = await inputOf(asked);
  const isGoverning = can(ctx, 'policy.approve') || can(ctx, 'audit.read');
  if (!isGoverning && !(await mayDiscover(ctx, input.decision.product))) {
    throw notFound(`The product ${asked.product}`);
  }
  const answer = decideWith(input.decision);
  const decided = new Set(answer.policies.map((one) => one.id));
  const result: PlaygroundResult = {
    allow: answer.allow,
    person: input.person,
    product: input.product,
    holding: Object.values(heldConditions(input.decision.policy, input.decision)).flat(),
    policies: trace(input.decision, decided),
  };
  const { productId, domainId } = input;
  await transact(async (tx) => {
    audit(tx, ctx, {
      action: 'decision.simulate',
      target: { type: 'product', id: productId },
      productId,
      domainId,
      detail: { person: asked.person, action: asked.action, allow: answer.allow },
    });
  });
  return result;
}

async function inputOf(asked: z.output<typeof PlaygroundInput>) {
  const [domainName = '', name = ''] = asked.product.split('/');
  const [user, product] = await Promise.all([
    db().user.findUnique({ where: { email: asked.person }, include: { memberships: true } }),
    db().product.findFirst({
      where: { name, domain: { name: domainName }, status: { not: 'draft' } },
      select: {
        id: true,
        name: true,
        domainId: true,
        classification: true,
        ownerId: true,
        status: true,
      },
    }),
  ]);
  if (!user) {
    const message = `Nobody signs in as ${asked.person}.`;
    throw invalid(message, { person: message });
  }
  if (!product) throw notFound(`The product ${asked.product}`);
  const facts = await loadFacts(user.id, product.id);
  const role = user.memberships.find((one) => one.domainId === product.domainId)?.role ?? null;
  const decision: DecisionInput = {
    policy: await effectivePolicy(domainName),
    action: asked.action,
    product: { ...product, domain: domainName },
    person: { id: user.id, role },
    facts,
    purpose: asked.purpose || undefined,
    at: asked.at ? new Date(asked.at) : now(),
    ip: asked.network || undefined,
  };
  const { classification, status } = product;
  return {
    decision,
    productId: product.id,
    domainId: product.domainId,
    person: {
      email: user.email,
      role,
      isDisabled: facts.isDisabled,
      grant: facts.grants[0]?.purpose ?? null,
    },
    product: {
      address: asked.product,
      classification,
      status,
      hasPersonalData: facts.hasPersonalData,
    },
  };
}

/** Each policy by itself: whether it applies, whatever the others say. */
function trace(input: DecisionInput, decided: ReadonlySet<string>): PlaygroundResult['policies'] {
  return compilePolicy(input.policy)
    .map(({ id, title, text }) => {
      const effect = isPermit(text) ? ('permit' as const) : ('forbid' as const);
      const matched = policyApplies(input, { id, title, text });
      return { id, title, text, effect, matched, decided: decided.has(id) };
    })
    .sort((a, b) => Number(b.decided) - Number(a.decided) || Number(b.matched) - Number(a.matched));
}
