import { db, publicOrigin } from '@/lib/core';
import type { Direction } from '../directions';
import type { EventType } from './event';
import { keyOf } from './names';

const MAX_JOBS = 50;
const MAX_DATASETS = 100;

/** A job outside the portal, with what it reads and writes of what is shown. */
export interface ExternalJobNode {
  id: string;
  namespace: string;
  name: string;
  /** How its newest run stands; null where only the job itself was told of. */
  state: EventType | null;
  /** When that was. */
  at: string | null;
  /** Ids of products that are shown, and of datasets. */
  reads: string[];
  writes: string[];
}
export interface External {
  jobs: ExternalJobNode[];
  /** Datasets that are no products of the portal. */
  datasets: { id: string; namespace: string; name: string }[];
  /** Jobs that are not given; those with the newest events are. */
  more: number;
}
interface Near {
  id: string;
  level: number;
}
interface Row extends Omit<ExternalJobNode, 'at' | 'reads' | 'writes'> {
  at: Date | null;
  total: number;
  links: { productId: string | null; namespace: string; name: string; isOutput: boolean }[];
}

/**
 * Jobs that write a product on the way up, or read one on the way down, within the depth; with their datasets, of
 * products only those that are shown. Jobs that bear this portal's own name are its pipelines, which it knows better.
 */
export async function externalAround(
  nodes: readonly Near[],
  { depth, direction }: { depth: number; direction: Direction },
): Promise<External> {
  const ids = (isWanted: (level: number) => boolean) =>
    nodes.filter(({ level }) => Math.abs(level) < depth && isWanted(level)).map(({ id }) => id);
  const written = direction === 'downstream' ? [] : ids((level) => level <= 0);
  const read = direction === 'upstream' ? [] : ids((level) => level >= 0);
  const shown = nodes.map(({ id }) => id);
  const rows = await db().$queryRaw<Row[]>`
    with near as (
      select distinct l."jobId" from external_link l
      where (l."isOutput" and l."productId" = any(${written}::text[]))
        or (not l."isOutput" and l."productId" = any(${read}::text[]))
    )
    select j.id, j.namespace, j.name, j.state, j.at, count(*) over ()::int as total,
      (select coalesce(jsonb_agg(to_jsonb(x) order by x.ordinal), '[]') from (
        select l.ordinal, l."productId", l.namespace, l.name, l."isOutput" from external_link l
        where l."jobId" = j.id and (l."productId" is null or l."productId" = any(${shown}::text[]))
        order by l."productId" is null, l.ordinal limit ${MAX_DATASETS}) x) as links
    from external_job j join near n on n."jobId" = j.id
    where j.namespace <> ${publicOrigin()}
    order by j."heardAt" desc, j.id limit ${MAX_JOBS}`;
  const datasets = new Map<string, External['datasets'][number]>();
  for (const { links } of rows) {
    for (const { productId, namespace, name } of links) {
      const id = keyOf({ namespace, name });
      if (productId === null && datasets.size < MAX_DATASETS)
        datasets.set(id, { id, namespace, name });
    }
  }
  const idsOf = ({ links }: Row, isOutput: boolean) =>
    links.flatMap((link) => {
      const id = link.productId ?? keyOf(link);
      return link.isOutput === isOutput && (link.productId || datasets.has(id)) ? [id] : [];
    });
  return {
    jobs: rows.map((row) => ({
      ...{ id: row.id, namespace: row.namespace, name: row.name, state: row.state },
      ...{ at: row.at?.toISOString() ?? null },
      ...{ reads: idsOf(row, false), writes: idsOf(row, true) },
    })),
    datasets: [...datasets.values()],
    more: Math.max(0, (rows[0]?.total ?? 0) - rows.length),
  };
}
