import type { Tx } from '@/lib/core';
import { celFacts, compileRule, productsToCheck } from '@/lib/governance';
import type { Check, Property } from '../checks/check';
import type { Results } from '../levels';

/** A steward's check, as levels count it. */
export interface OwnCheck extends Omit<Check, 'sql'> {
  /** Null: of the mesh. */
  domainId: string | null;
  expression: string;
}

/** So many at once: each is evaluated on every product of its scope. */
export const MAX_ACTIVE = 30;
/** What each weighs in the score. */
export const WEIGHT = 1;

const level = (value: number): 1 | 2 | 3 => (value === 1 || value === 2 ? value : 3);

/** Stewards' checks that are in force. */
export async function activeChecks(client: Tx): Promise<OwnCheck[]> {
  const rows = await client.customCheck.findMany({
    where: { archivedAt: null },
    orderBy: { name: 'asc' },
    take: MAX_ACTIVE,
  });
  return rows.map((row) => ({
    ...{
      id: row.name,
      property: row.property as Property,
      level: level(row.level),
      weight: WEIGHT,
    },
    ...{ title: row.title, words: row.words, domainId: row.domainId, expression: row.expression },
    next: { words: row.nextStep, by: 'owner', path: '' },
  }));
}

/**
 * Puts stewards' checks to products. What cannot be computed is 'unknown' with the reason: it breaks no scorecard.
 */
export async function judgeCustom(
  checks: readonly OwnCheck[],
  products: readonly { id: string; domainId: string }[],
): Promise<Map<string, Results>> {
  const found = new Map<string, Results>();
  const concerned = checks.filter(
    ({ domainId }) => domainId === null || products.some((one) => one.domainId === domainId),
  );
  if (concerned.length === 0) return found;
  const concerning = (of: string) =>
    concerned.filter(({ domainId }) => domainId === null || domainId === of);
  for (const { id, domainId } of products) {
    const unread = concerning(domainId).map((check) => [check.id, UNREAD] as const);
    found.set(id, Object.fromEntries(unread));
  }
  const compiled = new Map(concerned.map((one) => [one.id, compileRule(one.expression)]));
  const productIds = products.map(({ id }) => id);
  for await (const { product, descriptor, measured } of productsToCheck({ productIds })) {
    const facts = celFacts(descriptor, measured);
    const results: Results = {};
    for (const { id } of concerning(product.domainId)) {
      const verdict = compiled.get(id)!.evaluate(facts);
      results[id] =
        'problem' in verdict
          ? ['unknown', `It could not be computed: ${verdict.problem}.`]
          : verdict.holds
            ? ['pass', 'Its expression holds.']
            : ['fail', 'Its expression does not hold.'];
    }
    found.set(product.id, results);
  }
  return found;
}

const UNREAD: Results[string] = [
  'unknown',
  'It could not be computed: its contract cannot be read.',
];
