import { pool } from '@/lib/core';
import type { Meaning } from './meaning';
import type { CatalogEntry } from './types';
import { explainer, type Texts } from './why';

export interface Hit {
  id: string;
  score: number;
}

/** At this score and below, prose may explain a match. */
const PROSE = 250;

type Row = Omit<CatalogEntry, 'createdAt' | 'snapshotAt' | 'certifiedUntil' | 'matches'> & {
  createdAt: Date;
  certifiedUntil: Date | null;
  snapshotAt: Date | null;
  columns: string[];
  terms: string[];
  columnWords: string[];
  documentation: string;
};

/** What cards show, for at most a page of products. */
const ENTRIES_SQL = `
select p.id, p.name, p.title, p.description, p.classification, p.status, p.version, p.tags,
  d.name as domain, d.title as "domainTitle", u.name as "ownerName", u.email as "ownerEmail",
  p."createdAt", s."createdAt" as "snapshotAt", s."rowCount"::float8 as "rowCount",
  case when jsonb_typeof(p.descriptor #> '{spec,schema}') = 'array'
    then jsonb_array_length(p.descriptor #> '{spec,schema}') else 0 end as "columnCount",
  k.quality::float8 as "qualityScore", k.readers,
  case when k."certifiedUntil" > now() then k."certifiedUntil" end as "certifiedUntil",
  case when r.count is null then null else jsonb_build_object('count', r.count, 'average', r.average) end as rating,
  case when $2 then jsonb_path_query_array(p.descriptor, '$.spec.schema[*].**.name') else '[]' end as columns,
  case when $2 then array(select t.name || case when t.synonyms = '{}' then '' else ' (' || array_to_string(t.synonyms, ', ') || ')' end
    from glossary_term t where t."deletedAt" is null and t.id in (select "termId" from glossary_link where "productId" = p.id)
    order by t.slug) else '{}' end as terms,
  case when p.id = any($3) then jsonb_path_query_array(p.descriptor, '$.spec.schema[*].**.description ? (@.type() == "string")')
    else '[]' end as "columnWords",
  case when p.id = any($3) then p.documentation else '' end as documentation
from product p
join product_search k on k."productId" = p.id
join domain d on d.id = p."domainId"
join "user" u on u.id = p."ownerId"
left join product_rating r on r."productId" = p.id
left join product_environment e on e."productId" = p.id and e.environment = 'production'
left join snapshot s on s.id = e."snapshotId"
where p.id = any($1)
order by array_position($1, p.id)`;

/** The products of a page in its order, each with why it matches. */
export async function catalogEntries(
  hits: Hit[],
  meaning: Meaning | null,
): Promise<CatalogEntry[]> {
  if (hits.length === 0) return [];
  const ids = hits.map(({ id }) => id);
  const byProse = hits.filter(({ score }) => score <= PROSE).map(({ id }) => id);
  const { rows } = await pool().query<Row>({
    name: 'catalog-entries',
    text: ENTRIES_SQL,
    values: [ids, meaning !== null, meaning ? byProse : []],
  });
  const explain = meaning && explainer(meaning);
  return rows.map(
    ({
      columns,
      terms,
      columnWords,
      documentation,
      createdAt,
      snapshotAt,
      certifiedUntil,
      ...row
    }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      snapshotAt: snapshotAt?.toISOString() ?? null,
      certifiedUntil: certifiedUntil?.toISOString() ?? null,
      matches: explain
        ? explain({ ...row, columns, terms, columnWords, documentation } satisfies Texts)
        : [],
    }),
  );
}
