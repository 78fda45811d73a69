import {
  type Context,
  type EntityJson,
  isAuthorized,
  preparsePolicySet,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import { newId } from '@/lib/core';
import { type CompiledPolicy, compilePolicy } from './compile';
import type { EffectivePolicy } from './effective';
import { type HeadRequest, headFilter, type PolicyReach, reachOf } from './heads';
import { LRU } from './lru';

export interface CedarRequest {
  principal: { type: 'User' | 'System'; id: string };
  action: string;
  productId: string;
  context: Context;
  entities: EntityJson[];
}

/** The policies of one or more domains, and what each one's head asks for. */
interface Rules {
  policies: readonly CompiledPolicy[];
  reaches: readonly PolicyReach[];
  titles: Map<string, string>;
  slices: Map<string, Slice>;
}
/** The policies that one kind of request can meet, parsed into a slot of the WebAssembly instance. */
interface Slice {
  slot: string;
  size: number;
  rules: Rules;
  key: string;
  looksAtPurpose: boolean;
}

/** What is kept parsed, counted in policies: WebAssembly's memory is never given back. */
const MAX_SLICES = 1000;
const MAX_PARSED = 50_000;
const MAX_RULES = 500;

// The register of slots is this module's own, and Next's bundle holds a second copy of this module; the
// WebAssembly instance is one a process. Without a name of its own each copy would empty the other's slots
// and be answered by its policies. Domains whose rules are the same share slots.
const COPY = newId();
const rulesByText = new LRU<Rules>(MAX_RULES);
const rulesByPolicy = new WeakMap<EffectivePolicy, Rules>();
const parsed = new Set<Slice>();
const freeSlots: string[] = [];
// A new version of a document leaves most policies as they were: their heads are not read again.
const reaches = new LRU<PolicyReach>(MAX_PARSED);
let parsedCount = 0;
let slotCount = 0;

function rulesOf(policy: EffectivePolicy): Rules {
  const known = rulesByPolicy.get(policy);
  if (known) return known;
  const policies = compilePolicy(policy);
  const text = JSON.stringify(policies);
  const rules = rulesByText.get(text) ?? {
    policies,
    reaches: policies.map((one) => reachKept(one.text)),
    titles: new Map(policies.map((one) => [one.id, one.title])),
    slices: new Map(),
  };
  rulesByText.set(text, rules);
  rulesByPolicy.set(policy, rules);
  return rules;
}

function reachKept(text: string): PolicyReach {
  const reach = reaches.get(text) ?? reachOf(text);
  reaches.set(text, reach);
  return reach;
}

const asHead = ({ principal, action, productId, entities }: CedarRequest): HeadRequest => ({
  principal,
  action: { type: 'Action', id: action },
  resource: { type: 'Product', id: productId },
  entities,
});

/**
 * The policies that a request can meet, in two slices: those that fit many requests, and those that name its
 * person or its product. Together they would make a slice for every pair of a person and a product.
 */
function slicesFor(policy: EffectivePolicy, request: CedarRequest): Slice[] {
  const rules = rulesOf(policy);
  const fits = headFilter(asHead(request));
  const general: number[] = [];
  const singular: number[] = [];
  rules.reaches.forEach((reach, place) => {
    if (fits(reach)) (reach.isSingular ? singular : general).push(place);
  });
  return [general, singular]
    .filter((places) => places.length > 0)
    .map((places) => kept(rules, places));
}

function kept(rules: Rules, places: readonly number[]): Slice {
  const key = places.join();
  const slice = rules.slices.get(key) ?? parse(rules, places, key);
  // Used last, emptied last.
  parsed.delete(slice);
  parsed.add(slice);
  return slice;
}

function parse(rules: Rules, places: readonly number[], key: string): Slice {
  makeRoom(places.length);
  const slot = freeSlots.pop() ?? `${COPY}/${slotCount++}`;
  const chosen = places.map((place) => rules.policies[place]!);
  const staticPolicies = Object.fromEntries(chosen.map((one) => [one.id, one.text]));
  const answer = preparsePolicySet(slot, { staticPolicies });
  if (answer.type === 'failure') throw new Error(`Cedar policies: ${answer.errors[0]?.message}`);
  const looksAtPurpose = places.some((place) => rules.reaches[place]?.looksAtPurpose);
  const slice = { slot, size: places.length, rules, key, looksAtPurpose };
  rules.slices.set(key, slice);
  parsedCount += slice.size;
  return slice;
}

/** Empties the slots that were used longest ago. */
function makeRoom(size: number): void {
  for (const slice of parsed) {
    if (parsed.size < MAX_SLICES && parsedCount + size <= MAX_PARSED) return;
    parsed.delete(slice);
    slice.rules.slices.delete(slice.key);
    parsedCount -= slice.size;
    preparsePolicySet(slice.slot, { staticPolicies: {} });
    freeSlots.push(slice.slot);
  }
}

/** Whether stating a purpose could change the answer: no policy that the request meets looks at it otherwise. */
export function purposeMatters(policy: EffectivePolicy, request: CedarRequest): boolean {
  return slicesFor(policy, request).some((slice) => slice.looksAtPurpose);
}

/** Asks Cedar. An evaluation error denies: a rule that cannot be judged must not open data. */
export function authorize(
  policy: EffectivePolicy,
  request: CedarRequest,
): { allow: boolean; policies: { id: string; title: string }[] } {
  const permits: string[] = [];
  const forbids: string[] = [];
  let hasFailed = false;
  for (const { slot } of slicesFor(policy, request)) {
    const { decision, diagnostics } = ask(slot, request);
    (decision === 'allow' ? permits : forbids).push(...diagnostics.reason);
    hasFailed ||= diagnostics.errors.length > 0;
  }
  const { titles } = rulesOf(policy);
  return {
    allow: permits.length > 0 && forbids.length === 0 && !hasFailed,
    policies: (forbids.length > 0 ? forbids : permits)
      .map((id) => ({ id, title: titles.get(id) ?? id }))
      .sort((a, b) => a.id.localeCompare(b.id)),
  };
}

function ask(slot: string, request: CedarRequest) {
  const answer = statefulIsAuthorized({
    principal: request.principal,
    action: { type: 'Action', id: request.action },
    resource: { type: 'Product', id: request.productId },
    context: request.context,
    preparsedPolicySetId: slot,
    entities: request.entities,
  });
  if (answer.type === 'success') return answer.response;
  throw new Error(`The access decision failed: ${answer.errors[0]?.message}`);
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
