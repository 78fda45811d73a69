import { db, type Prisma, publicOrigin } from '@/lib/core';
import type { How } from '../sql';

const MAX_EDGES = 200;

/** A column outside the portal, or one of a product. */
export interface ColumnPlace {
  productId: string | null;
  namespace: string;
  name: string;
  /** Empty where it decides which rows there are. */
  column: string;
}
export interface ExternalColumnEdge {
  from: ColumnPlace;
  to: ColumnPlace;
  how: How;
  /** The job that says so. */
  job: { namespace: string; name: string };
}
interface Row {
  productId: string | null;
  namespace: string;
  name: string;
  field: string;
  sourceId: string | null;
  sourceNamespace: string;
  sourceName: string;
  sourceColumn: string;
  how: How;
  jobNamespace: string;
  jobName: string;
}

/** What jobs outside the portal say about some columns of products: one step to either side. */
export async function columnsBeside(
  places: readonly { productId: string; column: string }[],
  visible: Prisma.Sql,
): Promise<ExternalColumnEdge[]> {
  const rows = await db().$queryRaw<Row[]>`
    with asked as (
      select distinct id, lower(col) as col from unnest(${places.map((one) => one.productId)}::text[],
        ${places.map((one) => one.column)}::text[]) as a(id, col)
    )
    select c."productId", c.namespace, c.name, c.field, c."sourceId", c."sourceNamespace", c."sourceName",
      c."sourceColumn", c.how, j.namespace as "jobNamespace", j.name as "jobName"
    from external_column c join external_job j on j.id = c."jobId" and j.namespace <> ${publicOrigin()}
    where ((c."productId", lower(c.field)) in (select id, col from asked)
        or (c."productId" in (select id from asked) and c.field = '')
        or (c."sourceId", lower(c."sourceColumn")) in (select id, col from asked))
      and (c."productId" is null or exists (select 1 from product p where p.id = c."productId" and ${visible}))
      and (c."sourceId" is null or exists (select 1 from product p where p.id = c."sourceId" and ${visible}))
    order by j."heardAt" desc, c."jobId", c.ordinal limit ${MAX_EDGES}`;
  return rows.map((row) => ({
    from: {
      ...{ productId: row.sourceId, namespace: row.sourceNamespace },
      ...{ name: row.sourceName, column: row.sourceColumn },
    },
    to: {
      ...{ productId: row.productId, namespace: row.namespace },
      ...{ name: row.name, column: row.field },
    },
    ...{ how: row.how, job: { namespace: row.jobNamespace, name: row.jobName } },
  }));
}
