import { type PolicyJson, policyToJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { EffectivePolicy } from './effective';

/** What the Cedar policies that may hide a product look at, beside its domain, classification and status. */
export interface Hiding {
  /** Every text in them: only these names, ids and owners can make a difference. */
  literals: string[];
  /** Patterns of `like`, in SQL's words. */
  patterns: string[];
  readsGrant: boolean;
  readsPersonalData: boolean;
}
const known = new Map<string, PolicyJson | null>();
const MAX_KNOWN = 1000;

function parsed(text: string): PolicyJson | null {
  let policy = known.get(text);
  if (policy === undefined) {
    const answer = policyToJson(text);
    policy = answer.type === 'success' ? answer.json : null;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, policy);
  }
  return policy;
}

/** A forbid whose action is `discover`, or any. */
function mayHide({ effect, action }: PolicyJson): boolean {
  if (effect !== 'forbid') return false;
  return action.op === 'All' || JSON.stringify(action).includes('"discover"');
}

/** @returns null when no policy can hide anything, so that nothing needs to be asked */
export function hidingOf(policies: readonly EffectivePolicy[]): Hiding | null {
  const texts = new Set(policies.flatMap(({ cedar }) => cedar.map(({ value }) => value.policy)));
  const hiding = [...texts].flatMap((text) => parsed(text) ?? []).filter(mayHide);
  if (hiding.length === 0) return null;
  const found = { literals: new Set<string>(), patterns: new Set<string>() };
  for (const { principal, resource, conditions } of hiding) {
    collect([principal, resource, conditions], found);
  }
  return {
    literals: [...found.literals],
    patterns: [...found.patterns],
    readsGrant: found.literals.has('grant'),
    readsPersonalData: found.literals.has('hasPersonalData'),
  };
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** Every text of the tree; attribute names come along, which tells apart no more than it should. */
function collect(node: unknown, found: { literals: Set<string>; patterns: Set<string> }): void {
  if (typeof node === 'string') found.literals.add(node);
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'pattern' && Array.isArray(value)) {
      const parts = value.map((one) => (one === 'Wildcard' ? '%' : escapeLike(one.Literal)));
      found.patterns.add(parts.join(''));
    } else collect(value, found);
  }
}
