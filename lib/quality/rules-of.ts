import { isDeepStrictEqual } from 'node:util';
import { db, newId } from '@/lib/core';
import { contractAt } from '@/lib/platform';
import type { DraftRule } from '@/lib/products/draft-data';
import { draftOf } from '@/lib/products/draft-of-descriptor';

const rulesIn = (productId: string, where: object) =>
  db().qualityRule.findMany({ where: { productId, ...where }, orderBy: { name: 'asc' } });

/**
 * The rules that a snapshot is checked by: those in force, or those of the environment's own contract, which is the
 * one that waits in staging or an older version's. A rule that differs there is kept beside those in force, switched
 * off.
 */
export async function rulesOf(productId: string, environment: string) {
  const { descriptor, version } = await contractAt(productId, environment);
  if (!descriptor) return rulesIn(productId, { isEnabled: true });
  const held = await rulesIn(productId, {});
  const rules = [];
  for (const wanted of draftOf(descriptor).quality ?? []) {
    const inForce = held.find((rule) => rule.name === wanted.name);
    if (inForce && isSame(inForce, wanted)) rules.push(inForce);
    else
      rules.push(
        await keep(productId, wanted, inForce ? `${wanted.name} (${version})` : wanted.name),
      );
  }
  return rules;
}

type Held = Awaited<ReturnType<typeof rulesIn>>[number];

const partsOf = ({
  dimension,
  check,
  column,
  config,
}: Pick<DraftRule, 'dimension' | 'check'> & {
  column?: string | null;
  config: unknown;
}) => ({ dimension, check, column: column ?? null, config });

const isSame = (held: Held, wanted: DraftRule): boolean =>
  isDeepStrictEqual(partsOf(held as never), partsOf(wanted));

async function keep(productId: string, wanted: DraftRule, name: string): Promise<Held> {
  const { config, ...parts } = partsOf(wanted);
  const data = { ...parts, config: config as object, reason: wanted.reason, isEnabled: false };
  return db().qualityRule.upsert({
    where: { productId_name: { productId, name } },
    create: { id: newId(), productId, name, ...data },
    update: data,
  });
}
