import { type Ctx, db } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { type Check, LEVELS, PROPERTIES, PROPERTY_WORDS, type Property } from './checks/check';
import { CHECKS } from './checks/registry';
import { activeChecks, type OwnCheck } from './custom/judge';

/** A check in words. */
export interface CheckWords extends Omit<Check, 'sql'> {
  /** Of a steward: where it applies, and its expression. */
  own: { domain: string | null; expression: string } | null;
}
export interface ScorecardWords {
  properties: { id: Property; title: string; about: string }[];
  levels: readonly string[];
  checks: CheckWords[];
}

/** What products are put to: the portal's checks and the stewards'. @throws AppError unauthenticated | forbidden */
export async function scorecardChecks(ctx: Ctx): Promise<ScorecardWords> {
  requireSignedIn(ctx, ['catalog:read', 'governance:read']);
  return {
    properties: PROPERTIES.map((id) => ({ id, ...PROPERTY_WORDS[id] })),
    levels: LEVELS,
    checks: await checkWords(),
  };
}

const builtInWords = (): CheckWords[] =>
  CHECKS.map(({ sql: _, ...words }) => ({ ...words, own: null }));

/** All checks that are in force, or those of a domain. */
export async function checkWords(domainId?: string): Promise<CheckWords[]> {
  const own = await activeChecks(db());
  const ids = own.flatMap((check) => check.domainId ?? []);
  const domains = await db().domain.findMany({ where: { id: { in: ids } } });
  const names = new Map(domains.map(({ id, name }) => [id, name]));
  const concerned = own.filter((one) => !domainId || !one.domainId || one.domainId === domainId);
  return [...builtInWords(), ...concerned.map((one) => ownWords(one, names))];
}

const ownWords = (
  { domainId, expression, ...words }: OwnCheck,
  names: ReadonlyMap<string, string>,
): CheckWords => ({
  ...words,
  own: { domain: domainId && (names.get(domainId) ?? null), expression },
});
