import { type Ctx, db, forbidden, precondition, requireCan } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { snapshotFiles } from '@/lib/platform';
import { profileRelation, type SuggestedRule, suggestQualityRules } from '@/lib/platform/ingest';
import { scanSql } from '@/lib/platform/lake';
import type { DraftRule } from '@/lib/products/draft-data';
import { draftRule } from '@/lib/products/profile-upload';
import type { SchemaField } from '@/lib/specs';
import type { CheckName } from './checks/registry';
import { columnsOf, describeRule, ruleProblem } from './compile';
import { mayReadRows } from './incidents/scope';

export interface RuleSuggestion {
  name: string;
  check: CheckName;
  column: string | null;
  config: DraftRule['config'];
  says: string;
  /** Why, with the figures behind it. */
  reason: string;
}
export interface RuleSuggestions {
  snapshot: number;
  rules: RuleSuggestion[];
}

/**
 * What the rows of the newest snapshot keep and no rule of the product says yet, those that are switched off among
 * them. Reads all rows once or twice; nothing is kept.
 * @throws AppError not_found | forbidden | precondition before the first load
 */
export async function suggestRules(ctx: Ctx, productId: string): Promise<RuleSuggestions> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const product = await db().product.findUniqueOrThrow({
    where: { id: productId },
    include: { rules: { select: { name: true, check: true, column: true, config: true } } },
  });
  requireCan(ctx, 'quality.manage', product);
  if (!(await mayReadRows(ctx, productId))) {
    throw forbidden('Suggestions tell what the rows hold, and you may not read this product.');
  }
  const snapshot = await newestOf(productId);
  const { spec } = product.descriptor as unknown as { spec: { schema: SchemaField[] } };
  const columns = columnsOf(spec.schema);
  const stored = snapshot.schema as unknown as SchemaField[];
  const fields = stored.filter(({ name }) => columns.has(name));
  const files = await snapshotFiles(snapshot.id);
  const profile = await profileRelation(`SELECT * FROM ${scanSql(files)}`, fields, { files });
  const known = new Set(product.rules.flatMap(subjectsOf));
  const names = new Set(product.rules.map(({ name }) => name));
  const rules = suggestQualityRules(profile)
    .map(asSuggestion)
    .filter(({ check, column }) => !known.has(subject(check, column)))
    .filter((rule) => !names.has(rule.name) && ruleProblem(rule, columns) === null);
  return { snapshot: snapshot.number, rules };
}

async function newestOf(productId: string) {
  const served = await db().productEnvironment.findFirst({
    where: { productId, environment: 'production', status: 'live' },
    select: { snapshotId: true },
  });
  const snapshot = await db().snapshot.findFirst({
    where: { id: served?.snapshotId ?? '', status: 'ready' },
    select: { id: true, number: true, schema: true },
  });
  if (!snapshot) throw precondition('There are no rows to look at yet. Load the product first.');
  return snapshot;
}

const subject = (check: string, column: string | null) => JSON.stringify([check, column]);

/** What a rule is about: its check on its column, or on the one column that its settings name. */
function subjectsOf(rule: { check: string; column: string | null; config: unknown }): string[] {
  const { columns } = (rule.config ?? {}) as { columns?: unknown };
  const [only, ...others] = Array.isArray(columns) ? columns : [];
  const named = typeof only === 'string' && others.length === 0 ? [subject(rule.check, only)] : [];
  return [subject(rule.check, rule.column), ...named];
}

function asSuggestion(found: SuggestedRule): RuleSuggestion {
  const { name, config, reason, column = null } = draftRule(found);
  const about = { name, check: found.check, column, config };
  return { ...about, says: describeRule(about), reason };
}
