import type { Context, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import { heldConditions, plainAddress } from './circumstances';
import type { CompiledPolicy } from './compile';
import type { DecisionProduct } from './decision';
import type { EffectivePolicy } from './effective';
import { appliesAlone, authorize, type CedarRequest, purposeMatters } from './engine';
import type { Facts, GrantFact } from './facts';

/** Everything that a decision depends on: with the policy in hand, no database is asked. */
export interface DecisionInput {
  policy: EffectivePolicy;
  action: string;
  product: Omit<DecisionProduct, 'title'>;
  person: { id: string; role: string | null; scopes?: string[] | undefined };
  facts: Facts;
  purpose?: string | undefined;
  at: Date;
  ip?: string | undefined;
  /** Where the data comes out: `rows`, `files`, … */
  port?: string | undefined;
  /** Set where it is not production that is read. */
  environment?: string | undefined;
}
export interface Answer {
  allow: boolean;
  policies: { id: string; title: string }[];
  /** What it stands on; null when it holds, or is refused, without any. */
  grant: GrantFact | null;
}

const uid = (type: string, id: string) => ({ type, id });
const ref = (type: string, id: string) => ({ __entity: { type, id } });

export function productEntity(
  product: Omit<DecisionProduct, 'title'>,
  hasPersonalData: boolean,
): EntityJson {
  const { name, classification, status } = product;
  const domain = ref('Domain', product.domainId);
  const owner = ref('User', product.ownerId);
  return {
    uid: uid('Product', product.id),
    attrs: { owner, domain, name, classification, status, hasPersonalData },
    parents: [uid('Domain', product.domainId)],
  };
}

function entitiesOf({ person, product, facts }: DecisionInput): EntityJson[] {
  const { isDisabled, isSteward, hasPersonalData } = facts;
  const roleId = `${product.domain}/${person.role}`;
  const entities: EntityJson[] = [
    {
      uid: uid('User', person.id),
      attrs: {
        isDisabled,
        isSteward,
        ...(person.role && { membership: ref('DomainRole', roleId) }),
      },
      parents: person.role ? [uid('DomainRole', roleId)] : [],
    },
    productEntity(product, hasPersonalData),
  ];
  if (person.role) {
    const domain = ref('Domain', product.domainId);
    entities.push({
      uid: uid('DomainRole', roleId),
      attrs: { role: person.role, domain },
      parents: [uid('Role', person.role)],
    });
  }
  return entities;
}

function contextOf(input: DecisionInput, grant: GrantFact | null): Context {
  const { person, product, purpose, port, environment } = input;
  const ip = plainAddress(input.ip);
  return {
    ...heldConditions(input.policy, input),
    ...(purpose && { purpose }),
    ...(port && { port }),
    ...(environment && { environment }),
    ...(ip && { network: { __extn: { fn: 'ip', arg: ip } } }),
    ...(person.scopes && { scopes: person.scopes }),
    ...(grant && {
      grant: {
        id: grant.id,
        product: ref('Product', product.id),
        subject: ref('User', person.id),
        permissions: grant.permissions,
        purpose: grant.purpose,
      },
    }),
  };
}

export const requestOf = (
  input: DecisionInput,
  grant: GrantFact | null = input.facts.grants[0] ?? null,
): CedarRequest => ({
  principal: { type: 'User', id: input.person.id },
  action: input.action,
  productId: input.product.id,
  context: contextOf(input, grant),
  entities: entitiesOf(input),
});

/** Whether one policy, taken by itself, applies to the request: for a trace. */
export function policyApplies(input: DecisionInput, policy: CompiledPolicy): boolean {
  return appliesAlone(policy, requestOf(input));
}

/**
 * The decision as a pure function: for the decision point, the playground and the simulator. What somebody may do
 * without a grant they may do whole; otherwise the first grant that opens it counts, with its terms.
 */
export function decideWith(input: DecisionInput): Answer {
  const { grants } = input.facts;
  const plain = { ...authorize(input.policy, requestOf(input, null)), grant: null };
  if (plain.allow || grants.length === 0) return plain;
  let refusal: Answer | undefined;
  for (const grant of grants) {
    const answer = { ...authorize(input.policy, requestOf(input, grant)), grant };
    if (answer.allow) return answer;
    refusal ??= answer;
  }
  return refusal ?? plain;
}

/** Which purposes, stated now, would open what is refused: those that conditions name, else any at all. */
export function openingPurposes(input: DecisionInput): string[] | null {
  if (!purposeMatters(input.policy, requestOf(input))) return null;
  const named = input.policy.conditions.flatMap(({ value }) => value.require.purposes ?? []);
  const opens = (purpose: string) => decideWith({ ...input, purpose }).allow;
  const list = [...new Set(named)].slice(0, 20).filter(opens);
  if (list.length > 0) return list;
  return !input.purpose && opens('any purpose') ? [] : null;
}
