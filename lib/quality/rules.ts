import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  invalid,
  newId,
  notFound,
  notify,
  now,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import type { SchemaField } from '@/lib/specs';
import { DIMENSIONS } from './checks/define-check';
import { CHECK_NAMES } from './checks/list';
import { CHECKS } from './checks/registry';
import { columnsOf, describeRule, ruleProblem } from './compile';
import { addIncidentEvent } from './incidents/events';
import { mayReadRows } from './incidents/scope';
import { tryRule } from './try-rule';

const ruleFields = {
  name: z.string().trim().min(1, 'Name the rule').max(200),
  check: z.enum(CHECK_NAMES),
  column: z.string().min(1).max(300).nullish(),
  dimension: z.enum(DIMENSIONS).optional(),
  config: z.record(z.string().max(63), z.json()).default({}),
  reason: z.string().trim().max(500).default(''),
};
export const AddRuleInput = z.object({ productId: z.string().min(1).max(100), ...ruleFields });
export type AddRuleInput = z.input<typeof AddRuleInput>;

async function ofProduct(ctx: Ctx, productId: string) {
  await requireVisibleProduct(ctx, productId);
  const product = await db().product.findUniqueOrThrow({
    where: { id: productId },
    include: { domain: { select: { name: true } } },
  });
  requireCan(ctx, 'quality.manage', product);
  return product;
}

/**
 * Adds a rule to a product that exists; it counts from the next run on.
 * @throws AppError forbidden | not_found | invalid (it cannot be run on these rows) | conflict (the name is taken)
 */
export async function addRule(ctx: Ctx, raw: AddRuleInput): Promise<{ ruleId: string }> {
  const input = AddRuleInput.parse(raw);
  const product = await ofProduct(ctx, input.productId);
  const { schema } = (product.descriptor as { spec: { schema: SchemaField[] } }).spec;
  const { name, check, reason, config } = input;
  const column = input.column ?? null;
  const problem = ruleProblem({ name, check, column, config }, columnsOf(schema));
  if (problem) throw invalid(problem, { config: problem });
  await tryRule(ctx, { ...product, domain: product.domain.name }, { name, check, column, config });
  const id = newId();
  await transact(async (tx) => {
    const { count } = await tx.qualityRule.createMany({
      data: [
        {
          id,
          productId: product.id,
          name,
          check,
          column,
          dimension: input.dimension ?? CHECKS[check].dimension,
          config: config as object,
          reason,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0)
      throw conflict(`There is a rule called "${name}" already. Choose another name.`);
    audit(tx, ctx, {
      action: 'quality.rule.add',
      target: { type: 'quality_rule', id },
      productId: product.id,
      domainId: product.domainId,
      detail: { name, check, column, config },
    });
    await notify(tx, 'portolan_product', product.id);
  });
  return { ruleId: id };
}

export const SwitchRuleInput = z.object({
  ruleId: z.string().min(1).max(100),
  isEnabled: z.boolean(),
});
export type SwitchRuleInput = z.input<typeof SwitchRuleInput>;

/**
 * Switches a rule off or on again. An incident of a rule that is off is over: nobody looks any more.
 * @throws AppError forbidden | not_found
 */
export async function switchRule(ctx: Ctx, raw: SwitchRuleInput): Promise<void> {
  const { ruleId, isEnabled } = SwitchRuleInput.parse(raw);
  const rule = await db().qualityRule.findUnique({ where: { id: ruleId } });
  if (!rule) throw notFound('This rule');
  const product = await ofProduct(ctx, rule.productId);
  await transact(async (tx) => {
    await tx.qualityRule.update({ where: { id: ruleId }, data: { isEnabled } });
    if (!isEnabled) await endIncident(tx, ctx, ruleId);
    audit(tx, ctx, {
      action: isEnabled ? 'quality.rule.switch_on' : 'quality.rule.switch_off',
      target: { type: 'quality_rule', id: ruleId },
      productId: product.id,
      domainId: product.domainId,
      detail: { name: rule.name },
    });
    await notify(tx, 'portolan_product', product.id);
  });
}

async function endIncident(tx: Tx, ctx: Ctx, ruleId: string): Promise<void> {
  const incident = await tx.qualityIncident.findUnique({ where: { openKey: ruleId } });
  if (!incident) return;
  const at = now();
  await tx.qualityIncident.update({
    where: { id: incident.id },
    data: { status: 'resolved', openKey: null, resolvedAt: at, rev: { increment: 1 } },
  });
  await addIncidentEvent(tx, {
    incidentId: incident.id,
    kind: 'resolved',
    actorId: ctx.actor.type === 'user' ? ctx.actor.id : null,
    note: 'The rule was switched off.',
    at,
  });
}

export interface RuleRow {
  id: string;
  name: string;
  check: string;
  column: string | null;
  dimension: string;
  says: string;
  reason: string;
  config: unknown;
  isEnabled: boolean;
}

/** Every rule of a product, those that are switched off too. */
export async function listRules(ctx: Ctx, productId: string): Promise<RuleRow[]> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const mayRead = await mayReadRows(ctx, productId);
  const rules = await db().qualityRule.findMany({
    where: { productId },
    orderBy: { name: 'asc' },
    take: 500,
  });
  return rules.map(({ productId: _, ...rule }) => ({
    ...rule,
    reason: mayRead ? rule.reason : '',
    config: mayRead ? rule.config : {},
    says: mayRead ? describeRule(rule) : [rule.check, rule.column].filter(Boolean).join(' of '),
  }));
}
