import { type Ctx, now, type Tx } from '@/lib/core';
import type { How } from '../sql';
import type { EventType, LineageEvent } from './event';
import { type JobState, UNHEARD } from './fold';
import type { Owned } from './products';

/** An event with its own id and its job's. */
export interface Told {
  id: string;
  jobId: string;
  event: LineageEvent;
}
interface StoredJob {
  state: JobState;
  /** Whose the products are that it is known to read and write. */
  reads: Owned[];
  writes: Owned[];
}

const NEW: StoredJob = { state: UNHEARD, reads: [], writes: [] };
const owned = { select: { id: true, domainId: true, ownerId: true } } as const;

/** What is known of jobs, those that were never heard of among them; nobody else tells of them meanwhile. */
export async function lockJobs(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredJob>> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(id, 0))::text
    from unnest(${[...ids].sort()}::text[]) as id`;
  const rows = await tx.externalJob.findMany({
    where: { id: { in: [...ids] } },
    include: {
      links: { orderBy: { ordinal: 'asc' }, include: { product: owned } },
      columns: { orderBy: { ordinal: 'asc' } },
    },
  });
  const known = rows.map(
    ({ id, producer, runId, state, at, links, columns }): [string, StoredJob] => [
      id,
      {
        state: {
          ...{ producer, runId, at, state: state as EventType | null },
          links: links.map(({ jobId: _, ordinal: __, product: ___, ...link }) => link),
          columns: columns.map((one) => ({
            output: { namespace: one.namespace, name: one.name, productId: one.productId },
            source: {
              ...{ namespace: one.sourceNamespace, name: one.sourceName, productId: one.sourceId },
            },
            ...{ field: one.field, sourceColumn: one.sourceColumn, how: one.how as How },
          })),
        },
        reads: links.flatMap(({ isOutput, product }) => (product && !isOutput ? [product] : [])),
        writes: links.flatMap(({ isOutput, product }) => (product && isOutput ? [product] : [])),
      },
    ],
  );
  return new Map([...ids.map((id): [string, StoredJob] => [id, NEW]), ...known]);
}

/** Keeps events with their jobs. @returns ids of those that had not come before */
export async function insertEvents(tx: Tx, ctx: Ctx, told: readonly Told[]): Promise<Set<string>> {
  const heardAt = now();
  await tx.externalJob.createMany({
    data: told.map(({ jobId, event: { job } }) => ({ id: jobId, ...job, heardAt })),
    skipDuplicates: true,
  });
  const senderId = ctx.actor.type === 'user' ? ctx.actor.id : null;
  const rows = await tx.externalEvent.createManyAndReturn({
    data: told.map(({ id, jobId, event: { runId, type, at, body } }) => ({
      ...{ id, jobId, runId, eventType: type, at, heardAt, senderId, body },
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** Some statements, however many jobs and datasets. */
export async function saveJobs(tx: Tx, jobs: ReadonlyMap<string, JobState>): Promise<void> {
  if (jobs.size === 0) return;
  const [ids, states, heardAt] = [[...jobs.keys()], [...jobs.values()], now()];
  const where = { jobId: { in: ids } };
  await tx.externalLink.deleteMany({ where });
  await tx.externalColumn.deleteMany({ where });
  await tx.$executeRaw`
    update external_job j set producer = s.producer, "runId" = s.run, state = s.state, at = s.at::timestamptz, "heardAt" = ${heardAt}
    from unnest(${ids}::text[], ${states.map((one) => one.producer)}::text[], ${states.map((one) => one.runId)}::text[],
      ${states.map((one) => one.state)}::text[], ${states.map((one) => one.at?.toISOString() ?? null)}::text[])
      as s(id, producer, run, state, at) where j.id = s.id`;
  await tx.externalLink.createMany({
    data: [...jobs].flatMap(([jobId, { links }]) =>
      links.map((link, ordinal) => ({ jobId, ordinal, ...link })),
    ),
  });
  await insertColumns(tx, jobs);
}

/** Prisma takes seconds to write thousands of rows. */
async function insertColumns(tx: Tx, jobs: ReadonlyMap<string, JobState>): Promise<void> {
  const rows = [...jobs].flatMap(([jobId, { columns }]) =>
    columns.map((column, ordinal) => ({ jobId, ordinal, ...column })),
  );
  const all = <T>(value: (row: (typeof rows)[number]) => T) => rows.map(value);
  await tx.$executeRaw`
    insert into external_column ("jobId", ordinal, "productId", namespace, name, field, "sourceId", "sourceNamespace",
      "sourceName", "sourceColumn", how)
    select * from unnest(${all((row) => row.jobId)}::text[], ${all((row) => row.ordinal)}::int[],
      ${all(({ output }) => output.productId)}::text[], ${all(({ output }) => output.namespace)}::text[],
      ${all(({ output }) => output.name)}::text[], ${all((row) => row.field)}::text[],
      ${all(({ source }) => source.productId)}::text[], ${all(({ source }) => source.namespace)}::text[],
      ${all(({ source }) => source.name)}::text[], ${all((row) => row.sourceColumn)}::text[],
      ${all((row) => row.how)}::text[])`;
}
