import { z } from 'zod';
import { type Ctx, can, requireCan } from '@/lib/core';
import { validationRuleSchema } from '@/lib/specs';
import { checkRule, type RuleProblem } from './cel/check-rule';
import { CEL_CATALOGUE, celFacts } from './cel/facts';
import { compileRule } from './cel/rule';
import { refLabel } from './effective';
import { GOVERNANCE_RULES } from './evaluate';
import { policiesOfAll } from './policies';
import { requireSignedIn } from './require-signed-in';
import { findingsOfAll, productsToCheck } from './validate';

export interface RuleRow {
  id: string;
  title: string;
  /** 'built-in', or the document that has it. */
  source: string;
  policy: string | null;
  level: 'error' | 'warning' | 'varies';
  expression: string | null;
}

/** The portal's own rules and the stewards', of every domain. */
export async function listRules(ctx: Ctx): Promise<RuleRow[]> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const own = (await policiesOfAll()).flatMap((policy) =>
    (policy.document.spec.validation_rules ?? []).map(
      ({ id, title, level, expression }): RuleRow => ({
        id,
        title,
        level,
        expression,
        source: refLabel(policy),
        policy: policy.name,
      }),
    ),
  );
  const builtIn = GOVERNANCE_RULES.map(
    ({ id, title }): RuleRow => ({
      id,
      title,
      source: 'built-in',
      policy: null,
      level: 'varies',
      expression: null,
    }),
  );
  return [...builtIn, ...own];
}

const MAX_LISTED = 100;

interface Failing {
  domain: string;
  name: string;
  title: string;
  message: string;
}
export interface CatalogueCheck {
  products: number;
  rules: { ruleId: string; errors: number; warnings: number; waived: number; failing: Failing[] }[];
}

/** Where somebody may try rules out: stewards everywhere, data admins in their domains. */
function reachOf(ctx: Ctx): Set<string> | null {
  requireCan(ctx, 'policy.draft');
  if (can(ctx, 'policy.approve')) return null;
  const { actor } = ctx;
  if (actor.type !== 'user') return new Set();
  const own = actor.memberships.filter(({ role }) => role === 'data_admin');
  return new Set(own.map(({ domainId }) => domainId));
}

/** Judges every product under the policies in force: how many break which rule, and the first of them. */
export async function checkCatalogue(ctx: Ctx): Promise<CatalogueCheck> {
  const reach = reachOf(ctx);
  const rules = new Map<string, CatalogueCheck['rules'][number]>();
  let products = 0;
  for await (const product of findingsOfAll()) {
    if (reach && !reach.has(product.domainId)) continue;
    products += 1;
    for (const { ruleId, level, message, waiver } of product.findings) {
      if (level === 'info') continue;
      const row = rules.get(ruleId) ?? { ruleId, errors: 0, warnings: 0, waived: 0, failing: [] };
      rules.set(ruleId, row);
      row[waiver ? 'waived' : level === 'error' ? 'errors' : 'warnings'] += 1;
      const { domain, name, title } = product;
      if (row.failing.length < MAX_LISTED) row.failing.push({ domain, name, title, message });
    }
  }
  const sorted = [...rules.values()].sort((a, b) => b.errors - a.errors || b.warnings - a.warnings);
  return { products, rules: sorted };
}

export const DryRunRuleInput = z.object({
  rule: validationRuleSchema,
  /** Only products of this domain; null for all. */
  domain: z.string().max(63).nullable().default(null),
});
export type DryRunRuleInput = z.input<typeof DryRunRuleInput>;
export interface DryRun {
  problems: RuleProblem[];
  products: number;
  failing: number;
  /** Products that the rule could not be judged on, with the first reason. */
  unjudged: number;
  firstProblem: string | null;
  listed: Failing[];
}

/** Tries a rule on the live catalogue; nothing is kept and nothing is stopped. */
export async function dryRunRule(ctx: Ctx, raw: DryRunRuleInput): Promise<DryRun> {
  const reach = reachOf(ctx);
  const { rule, domain } = DryRunRuleInput.parse(raw);
  const run: DryRun = {
    problems: checkRule(rule),
    products: 0,
    failing: 0,
    unjudged: 0,
    firstProblem: null,
    listed: [],
  };
  const { problems, evaluate } = compileRule(rule.expression);
  if (problems.length > 0) return run;
  for await (const { product, descriptor, measured } of productsToCheck()) {
    if (reach && !reach.has(product.domainId)) continue;
    if (domain && product.domain !== domain) continue;
    run.products += 1;
    const verdict = evaluate(celFacts(descriptor, measured));
    if ('problem' in verdict) {
      run.unjudged += 1;
      run.firstProblem ??= verdict.problem;
    } else if (!verdict.holds) {
      run.failing += 1;
      const { name, title } = product;
      if (run.listed.length < MAX_LISTED) {
        run.listed.push({ domain: product.domain, name, title, message: rule.message });
      }
    }
  }
  return run;
}

export interface CatalogueFact {
  name: string;
  type: string;
  about: string;
}

/** Every name that a rule may use, for the editor and the documentation. */
export function ruleFacts(): CatalogueFact[] {
  return Object.entries(CEL_CATALOGUE).flatMap(([root, { isList, about, fields }]) => [
    { name: root, type: isList ? 'list' : 'group', about },
    ...Object.entries(fields).map(([field, one]) => ({
      name: isList ? `${root}[].${field}` : `${root}.${field}`,
      type: one.type,
      about: one.about,
    })),
  ]);
}
