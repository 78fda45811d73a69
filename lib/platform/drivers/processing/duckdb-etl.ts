import { z } from 'zod';
import { db, now, unavailable } from '@/lib/core';
import { durationToMs, parseSchedule, shiftDate } from '@/lib/specs';
import { adoptSnapshot, verifyAdopted } from '../../etl/adopt-snapshot';
import { buildSnapshot, loadSpec } from '../../etl/build-snapshot';
import { readSnapshot } from '../../snapshots/read';
import { discardSnapshots } from '../../snapshots/store';
import { defineDriver } from '../define-driver';

const config = z.looseObject({});

function firstRunAfter(schedule: string): Date | null {
  const parsed = parseSchedule(schedule);
  if (parsed?.kind !== 'interval' || durationToMs(parsed.every) <= 0) return null;
  return shiftDate(now(), parsed.every, 1);
}

/** Batch extract, transform, load on one machine: what a template asks Spark for, within its limits. */
export const duckdbEtl = defineDriver({
  kind: 'duckdb-etl',
  capability: 'processing',
  title: 'Batch ETL on DuckDB',
  provider: 'duckdb',
  provides: ['spark', 'etl', 'duckdb'],
  config,
  health: async () => ({ ok: true }),

  plan: (facts) => [
    {
      action: 'run',
      what: `Extract from ${facts.source.label}`,
      detail: `transform to the contract’s ${facts.fieldCount} ${facts.fieldCount === 1 ? 'field' : 'fields'}, load as a snapshot`,
    },
    facts.schedule === 'manual'
      ? { action: 'schedule', what: 'No schedule', detail: 'loads run when somebody asks' }
      : { action: 'schedule', what: `Load again ${facts.schedule}` },
  ],

  async apply(ctx) {
    const built = ctx.candidateId
      ? await adoptSnapshot(ctx, ctx.candidateId)
      : await buildSnapshot(ctx);
    const { schedule } = await loadSpec(ctx.product.id, 'staging');
    if (ctx.environment !== 'production') return { ...built, schedule };
    const nextRunAt = firstRunAfter(schedule);
    await db().pipeline.update({
      where: { productId: ctx.product.id },
      data: { schedule, nextRunAt, isEnabled: true },
    });
    await ctx.log(
      nextRunAt ? `Scheduled ${schedule}; next load ${nextRunAt.toISOString()}.` : 'No schedule.',
    );
    return { ...built, schedule };
  },

  async verify(ctx, state) {
    const snapshotId = String(state.snapshotId);
    if (ctx.candidateId) return verifyAdopted(ctx, snapshotId);
    const snapshot = await db().snapshot.findUnique({ where: { id: snapshotId } });
    if (snapshot?.status !== 'ready') throw unavailable('The snapshot’s manifest is not there.');
    const [row] = await readSnapshot(
      snapshotId,
      (relation) => `select cast(count(*) as varchar) as n from ${relation}`,
      { signal: ctx.signal },
    );
    const counted = String(row?.n);
    if (counted !== snapshot.rowCount.toString()) {
      throw unavailable(
        `The snapshot holds ${counted} rows and its manifest says ${snapshot.rowCount}. It is written again.`,
      );
    }
    return `Read the snapshot back: ${Number(counted).toLocaleString('en')} rows.`;
  },

  async undo(ctx) {
    const removed = await discardSnapshots(ctx.product.id, { environment: ctx.environment });
    if (ctx.environment === 'production') {
      await db().pipeline.updateMany({
        where: { productId: ctx.product.id },
        data: { nextRunAt: null, isEnabled: false },
      });
    }
    await ctx.log(
      `Removed ${removed} ${removed === 1 ? 'snapshot' : 'snapshots'} with files and keys, and the schedule.`,
    );
  },
});
