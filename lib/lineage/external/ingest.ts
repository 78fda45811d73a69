import { createHash } from 'node:crypto';
import { audit } from '@/lib/audit';
import { type Ctx, can, requireCan, type Tx, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { readEvents } from './event';
import { folded, type JobState } from './fold';
import { type Dataset, keyOf } from './names';
import { type Owned, withProducts } from './products';
import { insertEvents, lockJobs, saveJobs, type Told } from './store';

export interface Ingested {
  stored: number;
  duplicates: number;
  ignored: number;
  /** One for each event, in their order. */
  events: { outcome: 'stored' | 'duplicate' | 'ignored'; reason?: string; warnings: string[] }[];
}

const NO_LINEAGE = 'It is about a dataset alone, and carries no lineage.';
const NO_PRODUCT = 'Neither it nor another event of its job names a product of this portal.';
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Takes in OpenLineage events, one or a list of at most 100: all or none. For who operates every product that the job
 * writes; of a job that writes none, one that it reads. An event that came before is counted and changes nothing.
 * @throws AppError forbidden | too_large | unprocessable (naming each place)
 */
export async function ingestLineage(ctx: Ctx, raw: unknown): Promise<Ingested> {
  requireSignedIn(ctx, ['products:write']);
  const read = readEvents(raw);
  const { events, products } = await withProducts(
    ctx,
    read.flatMap(({ event }) => event ?? []),
  );
  const told = events.map((event) => ({
    ...{ id: digest(event.key), jobId: digest(keyOf(event.job)), event },
  }));
  const { linked, fresh } = await transact((tx) => store(tx, ctx, told, products));
  const rest = told.values();
  const outcomes = read.map(({ event, warnings }): Ingested['events'][number] => {
    if (!event) return { outcome: 'ignored', reason: NO_LINEAGE, warnings };
    const { id, jobId } = rest.next().value as Told;
    if (!linked.has(jobId)) return { outcome: 'ignored', reason: NO_PRODUCT, warnings };
    // The same event twice in one request is stored once.
    return { outcome: fresh.delete(id) ? 'stored' : 'duplicate', warnings };
  });
  const count = (what: string) => outcomes.filter(({ outcome }) => outcome === what).length;
  return {
    ...{ stored: count('stored'), duplicates: count('duplicate'), ignored: count('ignored') },
    events: outcomes,
  };
}

/** Jobs that are about no product of the portal are left alone. @returns the others, and the events that are new */
async function store(
  tx: Tx,
  ctx: Ctx,
  told: readonly Told[],
  products: ReadonlyMap<string, Owned>,
): Promise<{ linked: Set<string>; fresh: Set<string> }> {
  const byJob = Map.groupBy(told, ({ jobId }) => jobId);
  const known = await lockJobs(tx, [...byJob.keys()]);
  const owned = (datasets: readonly Dataset[]) =>
    datasets.flatMap(({ productId }) => (productId ? (products.get(productId) ?? []) : []));
  const concerned = new Map<string, Owned>();
  for (const [jobId, { reads, writes }] of known) {
    const of = byJob.get(jobId)!;
    const about = requireTeller(ctx, {
      writes: [...writes, ...owned(of.flatMap(({ event }) => event.outputs))],
      reads: [...reads, ...owned(of.flatMap(({ event }) => event.inputs))],
    });
    if (about) concerned.set(jobId, about);
  }
  const linked = new Set(concerned.keys());
  const taken = told.filter(({ jobId }) => linked.has(jobId));
  const fresh = await insertEvents(tx, ctx, taken);
  const changed = new Map<string, JobState>();
  for (const [jobId, { state }] of known) {
    const news = new Map(byJob.get(jobId)!.map(({ id, event }) => [id, event]));
    const events = [...news].flatMap(([id, event]) => (fresh.has(id) ? [event] : []));
    if (events.length > 0) changed.set(jobId, folded(state, events));
  }
  await saveJobs(tx, changed);
  noteInAudit(tx, ctx, { byJob, concerned, changed, count: fresh.size });
  return { linked, fresh };
}

interface Noted {
  byJob: ReadonlyMap<string, readonly Told[]>;
  concerned: ReadonlyMap<string, Owned>;
  changed: ReadonlyMap<string, JobState>;
  count: number;
}

/** One row for each request that changed something. */
function noteInAudit(tx: Tx, ctx: Ctx, { byJob, concerned, changed, count }: Noted): void {
  const ids = [...changed.keys()];
  const [first] = ids;
  if (!first) return;
  const { id: productId, domainId } = concerned.get(first)!;
  const jobs = ids.slice(0, 10).map((id) => byJob.get(id)![0]!.event.job);
  audit(tx, ctx, {
    ...{ action: 'lineage.ingest', productId, domainId },
    target: { type: 'external_job', id: first },
    detail: { events: count, jobs },
  });
}

/** Who may tell of a job. @returns a product that it is about; null when it is about none */
function requireTeller(
  ctx: Ctx,
  { reads, writes }: { reads: readonly Owned[]; writes: readonly Owned[] },
): Owned | null {
  for (const product of writes) requireCan(ctx, 'product.operate', product);
  const about = writes[0] ?? reads.find((product) => can(ctx, 'product.operate', product));
  if (!about && reads[0]) requireCan(ctx, 'product.operate', reads[0]);
  return about ?? null;
}
