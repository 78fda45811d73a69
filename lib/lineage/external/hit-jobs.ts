import { db, publicOrigin } from '@/lib/core';
import type { EventType } from './event';

const MAX_JOBS = 50;

/** A job outside the portal that reads a product. */
export interface HitJob {
  id: string;
  namespace: string;
  name: string;
  /** 'breaks': it told that it uses the column, or any; 'unknown': it told of no columns. */
  effect: 'breaks' | 'unknown';
  state: EventType | null;
  at: string | null;
}

/** Jobs that are hit when a product, or one of its columns, goes; those heard of last first. */
export async function hitJobs(
  productId: string,
  column: string | null,
): Promise<{ jobs: HitJob[]; total: number }> {
  const rows = await db().$queryRaw<(Omit<HitJob, 'at'> & { at: Date | null; total: number })[]>`
    select j.id, j.namespace, j.name, j.state, j.at, count(*) over ()::int as total,
      case when ${column}::text is null or u."isUsed" then 'breaks' else 'unknown' end as effect
    from external_job j
    cross join lateral (select count(*) > 0 as "isTold",
        coalesce(bool_or(lower(c."sourceColumn") = lower(${column}::text)), false) as "isUsed"
      from external_column c where c."jobId" = j.id and c."sourceId" = ${productId}) u
    where j.namespace <> ${publicOrigin()}
      and exists (select 1 from external_link l
        where l."jobId" = j.id and not l."isOutput" and l."productId" = ${productId})
      and (${column}::text is null or u."isUsed" or not u."isTold")
    order by j."heardAt" desc, j.id limit ${MAX_JOBS}`;
  const jobs = rows.map(({ total: _, at, ...job }) => ({ ...job, at: at?.toISOString() ?? null }));
  return { jobs, total: rows[0]?.total ?? 0 };
}
