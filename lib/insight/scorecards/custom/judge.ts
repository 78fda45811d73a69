import type { Tx } from '@/lib/core';
import { celFacts, compileRule, productsToCheck } from '@/lib/governance';
import type { Check, Property } from '../checks/check';
import type { Results } from '../levels';
import { asksAge, factsOf, type Scored, verdictsOf } from './verdicts';

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
 * Puts stewards' checks to products. What cannot be computed is 'unknown' with the reason: it breaks no scorecard. Verdicts
 * that this process knows of the same facts are not computed again.
 */
export async function judgeCustom(
  checks: readonly OwnCheck[],
  products: readonly Scored[],
): Promise<Map<string, Results>> {
  const known = verdictsOf(checks);
  const withAge = checks.some(({ expression }) => asksAge(expression));
  const found = new Map<string, Results>();
  const changed = new Map<string, string>();
  for (const { id, version, measured } of products) {
    const verdicts = known.get(id);
    if (verdicts?.facts === factsOf(version, measured, withAge)) found.set(id, verdicts.results);
    else changed.set(id, version);
  }
  if (changed.size === 0) return found;
  const unread = products.filter(({ id }) => changed.has(id));
  for (const { id, domainId } of unread) {
    const results = concerning(checks, domainId).map((check) => [check.id, UNREAD] as const);
    found.set(id, Object.fromEntries(results));
  }
  for await (const checked of productsToCheck({ productIds: [...changed.keys()] })) {
    const { product, descriptor, measured } = checked;
    const results = judgeOne(concerning(checks, product.domainId), celFacts(descriptor, measured));
    found.set(product.id, results);
    const facts = factsOf(changed.get(product.id)!, measured, withAge);
    known.set(product.id, { facts, results });
  }
  return found;
}

const concerning = (checks: readonly OwnCheck[], of: string) =>
  checks.filter(({ domainId }) => domainId === null || domainId === of);

function judgeOne(checks: readonly OwnCheck[], facts: ReturnType<typeof celFacts>): Results {
  const results: Results = {};
  for (const { id, expression } of checks) {
    const verdict = compileRule(expression).evaluate(facts);
    results[id] =
      'problem' in verdict
        ? ['unknown', `It could not be computed: ${verdict.problem}.`]
        : verdict.holds
          ? PASSES
          : FAILS;
  }
  return results;
}

const PASSES: Results[string] = ['pass', 'Its expression holds.'];
const FAILS: Results[string] = ['fail', 'Its expression does not hold.'];
const UNREAD: Results[string] = [
  'unknown',
  'It could not be computed: its contract cannot be read.',
];
