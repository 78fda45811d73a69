import { setImmediate as turn } from 'node:timers/promises';
import { type Answer, type DecisionInput, decideWith } from '../decide-with';
import type { EffectivePolicy } from '../effective';

/** The policies of a domain as they are and as they would be. */
export interface Both {
  before: EffectivePolicy;
  after: EffectivePolicy;
}
export interface Compared {
  before: Answer;
  after: Answer;
}

const looksAtEach = ({ before, after }: Both): boolean =>
  [before, after].some(
    (policy) =>
      policy.cedar.length > 0 || policy.conditions.some(({ value }) => value.require.hours),
  );

/**
 * Decides under both policies. Questions that Cedar cannot tell apart (same role, classification, grant, …) share
 * an answer; where stewards' own Cedar may look at names, or hours count, each is asked by itself.
 */
export class Comparer {
  private readonly known = new Map<string, Compared>();
  private asked = 0;

  async compare(both: Both, input: Omit<DecisionInput, 'policy'>): Promise<Compared> {
    const { person, product, facts, action, purpose } = input;
    const key = JSON.stringify([
      product.domainId,
      action,
      purpose,
      person.role,
      product.ownerId === person.id,
      product.classification,
      product.status,
      facts.isDisabled,
      facts.isSteward,
      facts.hasPersonalData,
      facts.grants.map((grant) => [grant.permissions, grant.purpose]),
      looksAtEach(both) && [person.id, product.id, input.at.getTime()],
    ]);
    const known = this.known.get(key);
    if (known) return known;
    const found = {
      before: decideWith({ ...input, policy: both.before }),
      after: decideWith({ ...input, policy: both.after }),
    };
    if (this.known.size < 200_000) this.known.set(key, found);
    this.asked += 1;
    // Other work of this process goes on meanwhile.
    if (this.asked % 500 === 0) await turn();
    return found;
  }
}

/** An answer in words: what allowed it, or what it was refused by. */
export function wordsOf({ allow, policies }: Answer): string {
  const by = policies.map((one) => one.title).join('; ');
  if (allow) return `Allowed: ${by}`;
  return by ? `Refused: ${by}` : 'Refused: no policy permits it';
}
