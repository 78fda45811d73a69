import { db, pool } from '@/lib/core';
import { holdsOn, refLabel, retentionOf } from '@/lib/governance';
import { readSnapshot } from '@/lib/platform';
import { parseDuration, quoteIdent, type SchemaField, shiftDate } from '@/lib/specs';
import { timeColumnsOf, tooOld } from '../../retention/plan';
import { defineMonitorRule, type MonitoredProduct, type Problem } from '../rule';

interface Facts {
  isHeld: boolean;
  /** Ready snapshots, oldest first, bounded. */
  snapshots: { environment: string; number: number; createdAt: Date; rows: number }[];
  /** Why the latest deletion failed. */
  failure: string | null;
  /** Rows whose own time is past the cut-off; null where retention goes by the day of the load. */
  oldRows: { column: string; rows: number; oldest: string } | null;
}
const day = (date: Date) => date.toISOString().slice(0, 10);

/** Everything written before this moment is over its time; null when no policy says how long. */
function cutoffOf({ policy, classification }: MonitoredProduct, at: Date) {
  const rule = retentionOf(policy, classification);
  const length = rule && parseDuration(rule.value);
  if (!rule || !length) return null;
  return { cutoff: shiftDate(at, length, -1), says: `${rule.value} (${refLabel(rule.from)})` };
}

/** Spec, "Compliance Monitoring": daily, warning. */
export const dataRetention = defineMonitorRule<Facts>({
  id: 'data_retention',
  title: 'Data is not kept longer than the policy says',
  about: 'Snapshots and rows past the retention of their classification, and deletions that failed',
  frequency: 'daily',
  level: 'warning',
  regulations: ['gdpr', 'ccpa'],
  load,
  judge(product, { isHeld, snapshots, failure, oldRows }, at) {
    const found = cutoffOf(product, at);
    if (!found || isHeld) return [];
    const { cutoff, says } = found;
    const problems: Problem[] = [];
    const old = oldRows ? [] : snapshots.filter((one) => one.createdAt < cutoff);
    if (old.length > 0) {
      problems.push({
        key: 'snapshots',
        title: `${product.title} keeps snapshots past their time`,
        message: `${old.length} ${old.length === 1 ? 'snapshot was' : 'snapshots were'} written before ${day(cutoff)}. ${product.classification} data is kept for ${says}. Run retention on the product.`,
        evidence: old.map(({ environment, number, createdAt, rows }) => ({
          Environment: environment,
          Snapshot: number,
          Written: createdAt.toISOString(),
          Rows: rows,
        })),
      });
    }
    if (oldRows && oldRows.rows > 0) {
      problems.push({
        key: 'rows',
        title: `${product.title} keeps rows past their time`,
        message: `${oldRows.rows.toLocaleString('en')} rows are from before ${day(cutoff)} by ${oldRows.column}. ${product.classification} data is kept for ${says}. Run retention on the product.`,
        evidence: [{ Column: oldRows.column, Rows: oldRows.rows, Oldest: oldRows.oldest }],
      });
    }
    if (failure !== null) {
      problems.push({
        key: 'failed',
        title: `Retention of ${product.title} failed`,
        message: 'The latest deletion did not end well. See why, mend it, and run it again.',
        evidence: [{ Error: failure.slice(0, 500) }],
      });
    }
    return problems;
  },
  examples: {
    pass: [
      { facts: { isHeld: false, snapshots: [], failure: null, oldRows: null } },
      {
        facts: { isHeld: false, snapshots: [snapshot('2023-06-01')], failure: null, oldRows: null },
      },
      // A legal hold is a reason to keep what is over its time.
      {
        facts: { isHeld: true, snapshots: [snapshot('2010-01-01')], failure: null, oldRows: null },
      },
    ],
    fail: [
      {
        facts: { isHeld: false, snapshots: [snapshot('2022-12-31')], failure: null, oldRows: null },
      },
      // Marketing keeps for two years, whatever the classification says.
      {
        domain: 'marketing',
        facts: { isHeld: false, snapshots: [snapshot('2023-06-01')], failure: null, oldRows: null },
      },
      { facts: { isHeld: false, snapshots: [], failure: 'No space is left', oldRows: null } },
      {
        facts: {
          isHeld: false,
          snapshots: [],
          failure: null,
          oldRows: { column: 'sold_at', rows: 3, oldest: '2019-01-01' },
        },
      },
    ],
  },
});

function snapshot(created: string): Facts['snapshots'][number] {
  return { environment: 'production', number: 1, createdAt: new Date(created), rows: 10 };
}

const OLDEST = `select "productId", environment, number, "createdAt", "rowCount"::float8 as rows from (
    select s.*, row_number() over (partition by s."productId" order by s."createdAt") as nth
    from snapshot s where s."productId" = any($1) and s.status = 'ready') x
  where nth <= 50 order by "productId", nth`;
const LATEST = `select p.id as "productId", r.status, r.error, c."column" from product p
  left join retention_column c on c."productId" = p.id
  left join lateral (select status, error from retention_run where "productId" = p.id
    and "finishedAt" is not null order by "createdAt" desc limit 1) r on true
  where p.id = any($1)`;

interface Latest {
  productId: string;
  status: string | null;
  error: string | null;
  column: string | null;
}

async function load(products: readonly MonitoredProduct[], at: Date) {
  const ids = products.map((one) => one.id);
  const [held, snapshots, latest] = await Promise.all([
    holdsOn(ids),
    pool().query<Facts['snapshots'][number] & { productId: string }>(OLDEST, [ids]),
    pool().query<Latest>(LATEST, [ids]),
  ]);
  const facts = new Map<string, Facts | Error>();
  for (const product of products) {
    const run = latest.rows.find((one) => one.productId === product.id);
    try {
      facts.set(product.id, {
        isHeld: held.has(product.id),
        snapshots: snapshots.rows.filter((one) => one.productId === product.id),
        failure: run?.status === 'failed' ? (run.error ?? 'unknown') : null,
        oldRows: run?.column ? await rowsBefore(product, run.column, at) : null,
      });
    } catch (error) {
      facts.set(product.id, error instanceof Error ? error : new Error(String(error)));
    }
  }
  return facts;
}

/** Rows that are served although their own time is past the cut-off. */
async function rowsBefore(product: MonitoredProduct, column: string, at: Date) {
  const found = cutoffOf(product, at);
  const served = await db().productEnvironment.findFirst({
    where: { productId: product.id, environment: 'production', status: 'live' },
    select: { snapshotId: true },
  });
  if (!found || !served?.snapshotId) return null;
  const snapshot = await db().snapshot.findUnique({
    where: { id: served.snapshotId },
    select: { schema: true },
  });
  const fields = (snapshot?.schema ?? []) as unknown as SchemaField[];
  if (!timeColumnsOf(fields).includes(column)) return null;
  const [row] = await readSnapshot(
    served.snapshotId,
    (relation) =>
      `SELECT count(*) AS n, CAST(min(${quoteIdent(column)}) AS VARCHAR) AS oldest
       FROM ${relation} WHERE ${tooOld(column, found.cutoff)}`,
  );
  return { column, rows: Number(row?.n ?? 0), oldest: String(row?.oldest ?? '') };
}
