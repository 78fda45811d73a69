import { z } from 'zod';
import { db, invalid, precondition } from '@/lib/core';
import { stepsSql } from '@/lib/platform';
import { quoteIdent } from '@/lib/specs';
import { ROW } from '../checks/define-check';
import { type Opened, openRules } from '../measure-snapshot';
import { badRows } from '../run/plan';
import type { LoadedIncident } from './scope';

const fix = z.object({
  kind: z.literal('fix'),
  /** The column that is mended, by an expression over the row. */
  column: z.string().min(1).max(300),
  expression: z.string().trim().min(1, 'Write what takes the value’s place').max(2000),
  /** Also a step of the transformation, for every load to come. */
  isLasting: z.boolean().default(true),
});
/** The three ways of mending what is served. */
export const Remedy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('quarantine') }),
  fix,
  z.object({ kind: z.literal('rollback') }),
]);
export type Remedy = z.infer<typeof Remedy>;

/** What is served of the incident's product now. @throws AppError precondition */
export async function servedOf({ product }: LoadedIncident): Promise<string> {
  const served = await db().productEnvironment.findFirst({
    where: { productId: product.id, environment: 'production', status: 'live' },
  });
  if (!served?.snapshotId) throw precondition('Nothing is served, so there is nothing to mend.');
  return served.snapshotId;
}

/** The incident's rule over a snapshot. @throws AppError precondition when the rule is gone or cannot run */
export async function openIncidentRule(
  incident: { ruleId: string | null; productId: string },
  snapshotId: string,
): Promise<Opened> {
  const rule = incident.ruleId
    ? await db().qualityRule.findUnique({ where: { id: incident.ruleId } })
    : null;
  if (!rule) throw precondition('The rule of this incident is gone.');
  const opened = await openRules(incident.productId, snapshotId, [rule]);
  const [compiled] = opened.rules;
  if (!compiled || 'problem' in compiled) {
    throw precondition(`The rule cannot be run: ${compiled?.problem ?? 'it is unknown'}`);
  }
  return opened;
}

/** True for the rows that break the rule. @throws AppError precondition when it is not about single rows */
export function badCondition(opened: Opened): string {
  const [rule] = opened.rules;
  const bad = rule && !('problem' in rule) ? badRows(rule) : null;
  if (bad === null) {
    throw precondition(
      'This rule is about the table as a whole: no single row breaks it. Roll back, or mend the source and load again.',
    );
  }
  return bad;
}

/** A condition that the sandbox can run: one that reads no other product. */
function sandboxedCondition(opened: Opened): string {
  if (opened.sources.size > 0) {
    throw precondition(
      'This rule compares with another product, and a fix sees its own rows only. Put the rows into quarantine, or roll back.',
    );
  }
  return badCondition(opened);
}

/** The fix as a step of the transformation. @throws AppError invalid when there is no such column */
export function fixStep(opened: Opened, id: string, remedy: Extract<Remedy, { kind: 'fix' }>) {
  const { column, expression } = remedy;
  if (!opened.schema.some((field) => field.name === column)) {
    const message = `There is no column "${column}".`;
    throw invalid(message, { column: message });
  }
  return { id, column, expression, when: sandboxedCondition(opened), note: '' };
}
export type FixStep = ReturnType<typeof fixStep>;

/**
 * How many rows a fix changes, how many break the rule after it, and some values before and after: one SELECT for the
 * sandbox.
 */
export function fixPreviewSql(step: FixStep): string {
  const marked = (rows: string) =>
    `select *, (${step.when}) as __bad from (select *, row_number() over () as ${ROW} from ${rows})`;
  const name = quoteIdent(step.column);
  return `with fixed as materialized (${stepsSql([step])}),
    counted as (select (select count(*) from (${marked('data')}) where __bad) as changed,
      (select count(*) from (${marked('fixed')}) where __bad) as left_over),
    examples as (select cast(${name} as varchar) as before, cast((${step.expression}\n) as varchar) as after
      from (${marked('data')}) where __bad limit 5)
    select changed, left_over, before, after from counted left join examples on true`;
}

export interface GoodSnapshot {
  id: string;
  number: number;
  createdAt: Date;
  rowCount: bigint;
}

/**
 * The newest snapshot before what is served on which the rule was met; null when none is kept. A rollback stays within
 * the version of the contract, so only releases of the version in force count.
 */
export async function lastGood(
  incident: { ruleId: string | null; productId: string },
  servedId: string,
): Promise<GoodSnapshot | null> {
  const { productId, ruleId } = incident;
  const served = await db().snapshot.findUnique({ where: { id: servedId } });
  const releases = await releasesInForce(productId, served?.releaseId ?? null);
  const older = await db().snapshot.findMany({
    where: {
      productId,
      environment: 'production',
      status: 'ready',
      number: { lt: served?.number ?? 0 },
      OR: [{ releaseId: null }, { releaseId: { in: releases } }],
    },
    orderBy: { number: 'desc' },
    take: 50,
    select: { id: true, number: true, createdAt: true, rowCount: true },
  });
  if (older.length === 0 || !ruleId) return null;
  const results = await db().qualityResult.findMany({
    where: { ruleId, run: { snapshotId: { in: older.map((one) => one.id) } } },
    orderBy: { run: { startedAt: 'desc' } },
    select: { passed: true, run: { select: { snapshotId: true } } },
  });
  const isMet = (id: string) => results.find((one) => one.run.snapshotId === id)?.passed === true;
  return older.find((one) => isMet(one.id)) ?? null;
}

const MOST_RELEASES = 200;

async function releasesInForce(productId: string, servedId: string | null): Promise<string[]> {
  const { version } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  const found = await db().release.findMany({
    where: { productId, version },
    orderBy: { number: 'desc' },
    take: MOST_RELEASES,
    select: { id: true },
  });
  return [...found.map(({ id }) => id), ...(servedId ? [servedId] : [])];
}
