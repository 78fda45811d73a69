import { db, enqueue, newId, now, type Tx, transact } from '@/lib/core';
import type { EffectivePolicy } from '@/lib/governance';
import { MONITOR_RULES } from './registry';
import type { MonitorRule } from './rule';
import { nextAmong, policiesOfDomains } from './settings';

/** Where no policy asks for a run. */
const NEVER = new Date('9999-12-31T00:00:00Z');
const KEPT_DAYS = 90;
const LOST_AFTER_MS = 600_000;

interface Due {
  nextRunAt: Date;
  lastRunAt: Date | null;
}

/** When a rule is due: as it was set, or earlier when a policy asks for it more often since. */
export function dueAt(rule: MonitorRule, row: Due, policies: readonly EffectivePolicy[]): Date {
  const wanted = nextAmong(rule, policies, row.lastRunAt ?? row.nextRunAt);
  if (!wanted) return NEVER;
  return row.lastRunAt === null ? row.nextRunAt : wanted.at;
}

/**
 * Enqueues a run of every rule that is due. Any number of workers may call it: the conditional update of the
 * schedule lets one of them fire. After a standstill each rule runs once, however many rounds were missed.
 * @returns ids of the runs that this call fired
 */
export async function fireDueMonitors(): Promise<string[]> {
  const at = now();
  const rows = await scheduleRows(at);
  const policies = await policiesOfDomains();
  const fired: string[] = [];
  for (const rule of MONITOR_RULES) {
    const row = rows.get(rule.id);
    if (!row || dueAt(rule, row, policies) > at) continue;
    const next = nextAmong(rule, policies, at)?.at ?? NEVER;
    const id = await transact((tx) => fire(tx, rule.id, row, at, next));
    if (id) fired.push(id);
  }
  if (fired.length > 0) await removeOldRuns(at);
  return fired;
}

async function scheduleRows(at: Date): Promise<Map<string, Due>> {
  const read = () => db().monitorSchedule.findMany();
  let rows = await read();
  if (rows.length < MONITOR_RULES.length) {
    const data = MONITOR_RULES.map(({ id }) => ({ rule: id, nextRunAt: at }));
    await db().monitorSchedule.createMany({ data, skipDuplicates: true });
    rows = await read();
  }
  return new Map(rows.map((row) => [row.rule, row]));
}

async function fire(tx: Tx, rule: string, due: Due, at: Date, next: Date): Promise<string | null> {
  const { count } = await tx.monitorSchedule.updateMany({
    where: { rule, nextRunAt: due.nextRunAt, lastRunAt: due.lastRunAt },
    data: { nextRunAt: next, lastRunAt: at },
  });
  if (count === 0) return null;
  return enqueueRun(tx, {
    rule,
    trigger: 'schedule',
    dueAt: due.nextRunAt < at ? due.nextRunAt : at,
  });
}

/** A run of a rule, over one product or all, in the caller's transaction. @returns its id */
export async function enqueueRun(
  tx: Tx,
  run: {
    rule: string;
    trigger: 'schedule' | 'change' | 'manual';
    dueAt: Date;
    productId?: string | null;
  },
): Promise<string> {
  const id = newId();
  await tx.monitorRun.create({ data: { id, ...run, createdAt: now() } });
  const key = `monitor:${id}`;
  await enqueue(tx, { workflow: 'monitor', queue: 'monitor', key, args: [id] });
  return id;
}

/** A run that has not begun; one that waits for longer may have lost its worker and stops no other. */
export function waitingRun(rule: string, productId: string | null) {
  const since = new Date(now().getTime() - LOST_AFTER_MS);
  return { rule, productId, status: 'queued', createdAt: { gt: since } };
}

async function removeOldRuns(at: Date): Promise<void> {
  const before = new Date(at.getTime() - KEPT_DAYS * 86_400_000);
  await db().monitorRun.deleteMany({ where: { createdAt: { lt: before } } });
}
