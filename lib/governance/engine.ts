import {
  type Context,
  type EntityJson,
  isAuthorized,
  preparsePolicySet,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import { type CompiledPolicy, compilePolicy } from './compile';
import type { EffectivePolicy } from './effective';

interface Prepared {
  slot: string;
  text: string;
  policies: Map<string, CompiledPolicy>;
  /** False once its slot holds another set. */
  isLive: boolean;
}
export interface CedarRequest {
  principal: { type: 'User' | 'System'; id: string };
  action: string;
  productId: string;
  context: Context;
  entities: EntityJson[];
}

/** Parsed sets that are kept: each change of a policy makes new ones, and WebAssembly frees none. */
const MAX_SETS = 500;

// Parsed sets live in the WebAssembly instance that this module imports, so their register stays
// beside it and not on globalThis. Domains whose rules are the same share one.
const byText = new Map<string, Prepared>();
const byPolicy = new WeakMap<EffectivePolicy, Prepared>();

function prepare(policy: EffectivePolicy): Prepared {
  const known = byPolicy.get(policy);
  if (known?.isLive) return known;
  const compiled = compilePolicy(policy);
  const text = JSON.stringify(compiled);
  const entry = byText.get(text) ?? parse(compiled, text);
  byPolicy.set(policy, entry);
  return entry;
}

/** Into a slot of its own, or the one of the set that was parsed longest ago. */
function parse(compiled: readonly CompiledPolicy[], text: string): Prepared {
  const oldest = byText.size >= MAX_SETS ? byText.values().next().value : undefined;
  if (oldest) {
    byText.delete(oldest.text);
    oldest.isLive = false;
  }
  const slot = oldest?.slot ?? `set-${byText.size}`;
  const staticPolicies = Object.fromEntries(compiled.map((one) => [one.id, one.text]));
  const parsed = preparsePolicySet(slot, { staticPolicies });
  if (parsed.type === 'failure') throw new Error(`Cedar policies: ${parsed.errors[0]?.message}`);
  const policies = new Map(compiled.map((one) => [one.id, one]));
  const entry = { slot, text, policies, isLive: true };
  byText.set(text, entry);
  return entry;
}

/** Asks Cedar. An evaluation error denies: a rule that cannot be judged must not open data. */
export function authorize(
  policy: EffectivePolicy,
  request: CedarRequest,
): { allow: boolean; policies: { id: string; title: string }[] } {
  const { slot, policies } = prepare(policy);
  const answer = statefulIsAuthorized({
    principal: request.principal,
    action: { type: 'Action', id: request.action },
    resource: { type: 'Product', id: request.productId },
    context: request.context,
    preparsedPolicySetId: slot,
    entities: request.entities,
  });
  if (answer.type === 'failure') {
    throw new Error(`The access decision failed: ${answer.errors[0]?.message}`);
  }
  const { decision, diagnostics } = answer.response;
  return {
    allow: decision === 'allow' && diagnostics.errors.length === 0,
    policies: diagnostics.reason
      .map((id) => ({ id, title: policies.get(id)?.title ?? id }))
      .sort((a, b) => a.id.localeCompare(b.id)),
  };
}

/** Asks Cedar about one policy alone: it applies when it is what decided. */
export function appliesAlone(policy: CompiledPolicy, request: CedarRequest): boolean {
  const { principal, action, productId, context, entities } = request;
  const answer = isAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource: { type: 'Product', id: productId },
    context,
    policies: { staticPolicies: { only: policy.text } },
    entities,
  });
  return answer.type === 'success' && answer.response.diagnostics.reason.length > 0;
}
