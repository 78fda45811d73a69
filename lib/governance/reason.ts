import type { UserActor } from '@/lib/core';
import { rulesThatPermit } from './compile';
import type { DecisionProduct } from './decision';
import type { EffectivePolicy } from './effective';

interface Answer {
  allow: boolean;
  policies: { id: string; title: string }[];
}
interface Input {
  policy: EffectivePolicy;
  request: { action: string; product: DecisionProduct };
  answer: Answer;
  actor?: UserActor;
  grant?: { purpose: string; expiresAt: Date | null } | null;
}

const listed = (words: readonly string[]) => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** The answer in one or two sentences, from what decided it. */
export function reasonOf(input: Input): string {
  const { answer, request, actor } = input;
  const decided = (prefix: string) => answer.policies.some((one) => one.id.startsWith(prefix));
  if (decided('portolan/disabled-account')) return 'Your account is disabled.';
  if (decided('portolan/retired-product')) return 'This product is retired: its data is gone.';
  if (decided('portolan/token-scope')) {
    const scope = request.action === 'read' ? 'data:read' : 'products:write';
    return `This API token lacks the scope ${scope}. Make one that has it.`;
  }
  const [forbidding] = answer.allow ? [] : answer.policies;
  if (forbidding) return `${forbidding.title}. ${rolesAnd(input)}`;
  if (!answer.allow) return refusal(input);
  if (!actor) return 'The portal runs this for the product.';
  if (decided('portolan/owner')) return 'You own this product.';
  if (decided('portolan/grant')) {
    const until = input.grant?.expiresAt?.toISOString().slice(0, 10);
    return `You hold a grant for "${input.grant?.purpose ?? ''}"${until ? ` until ${until}` : ''}.`;
  }
  const { classification, domain } = request.product;
  const role = roleIn(actor, request.product);
  const byRole = answer.policies.some((one) => one.id.endsWith(`/access_control/${role}`));
  return byRole
    ? `You are a ${role} of ${domain}, who may ${request.action} ${classification} data.`
    : 'Everybody who is signed in may read public data.';
}

function refusal({ policy, request, actor }: Input): string {
  const { product, action } = request;
  const title = product.title ?? product.name;
  const what = `${title} is ${product.classification}${underPolicy(policy, action, product)}`;
  const role = actor && roleIn(actor, product);
  const rule = role && policy.access[role]?.value;
  if (!role) {
    return `${what}. You have no role in ${product.domain} and no grant to ${action} it.`;
  }
  if (!rule) return `${what}. No policy gives a ${role} of ${product.domain} access.`;
  const may = `may ${listed(rule.permissions)} data that is ${listed(rule.dataAccess)}`;
  return `${what}. You are a ${role} of ${product.domain}, who ${may}, and you hold no grant.`;
}

/** Who the person is here: what a rule that forbids looked at. */
function rolesAnd({ request, actor, grant }: Input): string {
  const role = actor && roleIn(actor, request.product);
  const who = role
    ? `You are a ${role} of ${request.product.domain}`
    : `You have no role in ${request.product.domain}`;
  return grant ? `${who} and hold a grant for "${grant.purpose}".` : `${who} and hold no grant.`;
}

/** Which document keeps it to whom: `: by global-data-governance/v1 only a data_admin of sales may read it`. */
function underPolicy(policy: EffectivePolicy, action: string, product: DecisionProduct): string {
  const rules = rulesThatPermit(policy, action, product.classification);
  const [first] = rules;
  if (!first) return '';
  const roles = rules.map((rule) => rule.role).join(' or ');
  return `: by ${first.document} only a ${roles} of ${product.domain} may ${action} it`;
}

function roleIn(actor: UserActor, product: DecisionProduct): string | undefined {
  return actor.memberships.find((one) => one.domainId === product.domainId)?.role;
}
