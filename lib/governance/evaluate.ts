import type { DataProduct } from '@/lib/specs';
import { celFacts, type Measured } from './cel/facts';
import { compileRule } from './cel/rule';
import { type EffectivePolicy, refLabel } from './effective';
import type { Finding, GovernanceRule } from './rule';
import { accessRoles } from './rules/access-roles';
import { classification } from './rules/classification';
import { documentation } from './rules/documentation';
import { encryption } from './rules/encryption';
import { owner } from './rules/owner';
import { piiClassification } from './rules/pii-classification';
import { qualityCoverage } from './rules/quality-coverage';
import { retention } from './rules/retention';

/** A new rule is one file and one line here. */
export const GOVERNANCE_RULES: readonly GovernanceRule[] = [
  classification,
  owner,
  accessRoles,
  piiClassification,
  qualityCoverage,
  documentation,
  retention,
  encryption,
];

const ORDER = { error: 0, warning: 1, info: 2 };
const byLevel = (a: Finding, b: Finding) => ORDER[a.level] - ORDER[b.level];

/**
 * What the policies in force say about a product, errors first: the portal's own rules, then the stewards' rules
 * in CEL over the document and what was measured. Pure.
 */
export function evaluateDescriptor(
  descriptor: DataProduct,
  policy: EffectivePolicy,
  measured: Measured = {},
): Finding[] {
  const own = GOVERNANCE_RULES.flatMap((rule) =>
    rule.evaluate({ descriptor, policy }).map((finding) => ({ ruleId: rule.id, ...finding })),
  );
  return [...own, ...evaluateRules(descriptor, policy, measured)].sort(byLevel);
}

function evaluateRules(
  descriptor: DataProduct,
  policy: EffectivePolicy,
  measured: Measured,
): Finding[] {
  if (policy.rules.length === 0) return [];
  const facts = celFacts(descriptor, measured);
  return policy.rules.flatMap(({ value: rule, from }): Finding[] => {
    const verdict = compileRule(rule.expression).evaluate(facts);
    const base = { ruleId: rule.id, path: rule.path ?? 'spec', source: refLabel(from) };
    // A rule that cannot be judged stops nobody, but is not silent either.
    if ('problem' in verdict) {
      const message = `${rule.title}: could not be judged. ${verdict.problem}.`;
      return [{ ...base, level: 'warning', message }];
    }
    return verdict.holds ? [] : [{ ...base, level: rule.level, message: rule.message }];
  });
}

interface WaiverInForce {
  id: string;
  ruleId: string;
  expiresAt: Date;
}

/** The findings of the policies in force and in grace as one list, with what is waived marked. Pure. */
export function combineFindings(
  current: readonly Finding[],
  coming: readonly { findings: readonly Finding[]; graceUntil: Date }[],
  waivers: readonly WaiverInForce[],
): Finding[] {
  const keyOf = (one: Finding) => `${one.ruleId}\n${one.path}\n${one.message}`;
  const known = new Set(current.map(keyOf));
  const ahead = coming.flatMap(({ findings, graceUntil }) =>
    findings
      .filter((one) => one.level !== 'info' && !known.has(keyOf(one)))
      .map((one) => ({
        ...one,
        level: 'warning' as const,
        graceUntil: graceUntil.toISOString(),
      })),
  );
  return [...current, ...ahead].sort(byLevel).map((finding) => {
    const waiver = waivers.find((one) => one.ruleId === finding.ruleId);
    if (!waiver || finding.level === 'info') return finding;
    return { ...finding, waiver: { id: waiver.id, expiresAt: waiver.expiresAt.toISOString() } };
  });
}
