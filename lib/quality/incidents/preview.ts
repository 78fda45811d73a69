import { z } from 'zod';
import { type Ctx, db, precondition } from '@/lib/core';
import { requireWholeRead } from '@/lib/governance';
import { queryRows } from '@/lib/platform/lake';
import { previewSql } from '@/lib/platform/sandbox';
import { filesOf } from '../measure-snapshot';
import { badRowsSql } from '../sample';
import {
  badCondition,
  fixPreviewSql,
  fixStep,
  lastGood,
  openIncidentRule,
  Remedy,
  servedOf,
} from './remedy';
import { decisionProduct, type LoadedIncident, openIncident } from './scope';

export const PreviewRemedyInput = z.object({
  incidentId: z.string().min(1).max(100),
  remedy: Remedy,
});
export type PreviewRemedyInput = z.input<typeof PreviewRemedyInput>;

export interface RemedyPreview {
  kind: Remedy['kind'];
  /** What is served now: the remedy is refused when it is another one by then. */
  snapshotId: string;
  rowsBefore: number;
  rowsAfter: number;
  /** Rows that are taken out or changed; of a rollback, how many more or fewer there are. */
  rows: number;
  /** Rows that break the rule afterwards. */
  left: number;
  /** Values before and after a fix. */
  examples: { before: string | null; after: string | null }[];
  /** Where a rollback goes. */
  target: { id: string; number: number; at: string } | null;
}
const LIMITS = { timeMs: 120_000, memoryMb: 1024, maxRows: 5 };

/**
 * What a remedy would do to the rows, without doing it. Values are shown to those who may read the rows.
 * @throws AppError forbidden | precondition (the rule is not about rows, nothing good is kept) | invalid (the fix's SQL)
 */
export async function previewRemedy(ctx: Ctx, raw: PreviewRemedyInput): Promise<RemedyPreview> {
  const { incidentId, remedy } = PreviewRemedyInput.parse(raw);
  return previewOf(ctx, await openIncident(ctx, incidentId), remedy);
}

/** @param isChecked the person has seen the preview: only the figures are worked out again */
export async function previewOf(
  ctx: Ctx,
  incident: LoadedIncident,
  remedy: Remedy,
  isChecked = false,
): Promise<RemedyPreview> {
  const snapshotId = await servedOf(incident);
  const snapshot = await db().snapshot.findUniqueOrThrow({ where: { id: snapshotId } });
  const rowsBefore = Number(snapshot.rowCount);
  const base = { kind: remedy.kind, snapshotId, rowsBefore, examples: [], target: null };
  if (remedy.kind === 'rollback') {
    const good = await lastGood(incident, snapshotId);
    if (!good) {
      throw precondition(
        'No earlier snapshot is kept on which this rule was met. Put the rows into quarantine, fix them, or load again.',
      );
    }
    const rowsAfter = Number(good.rowCount);
    const target = { id: good.id, number: good.number, at: good.createdAt.toISOString() };
    return { ...base, rowsAfter, rows: Math.abs(rowsAfter - rowsBefore), left: 0, target };
  }
  const opened = await openIncidentRule(incident, snapshotId);
  badCondition(opened);
  if (remedy.kind === 'quarantine' || isChecked) {
    const sql = `select count(*) as n from ${badRowsSql(opened, 0)}`;
    const [found] = await queryRows(sql, [], { files: filesOf(opened) });
    const rows = Number(found?.n ?? 0);
    return { ...base, rowsAfter: rowsBefore - (remedy.kind === 'fix' ? 0 : rows), rows, left: 0 };
  }
  await requireWholeRead(ctx, decisionProduct(incident));
  const { rows } = await previewSql({
    sql: fixPreviewSql(fixStep(opened, 'preview', remedy)),
    inputs: [{ name: 'data', files: opened.files, without: opened.without }],
    limits: LIMITS,
  });
  const [changed, left] = rows[0] ?? [];
  const examples = rows
    .slice(0, Number(changed ?? 0))
    .map(([, , before, after]) => ({ before: textOf(before), after: textOf(after) }));
  const counted = { rows: Number(changed ?? 0), left: Number(left ?? 0), examples };
  return { ...base, rowsAfter: rowsBefore, ...counted };
}

const textOf = (value: unknown): string | null =>
  value == null ? null : String(value).slice(0, 200);
