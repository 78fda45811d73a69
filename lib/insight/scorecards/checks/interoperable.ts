import { Prisma } from '@/lib/core';
import type { Check } from './check';
import { daysBefore } from './days';

const COMBINED_DAYS = 90;

export const INTEROPERABLE: Check[] = [
  {
    ...{ id: 'key', property: 'interoperable', level: 1, weight: 3 },
    title: 'Its rows have a key',
    words:
      'A column of the contract is the key, or holds no value twice, so that other products can refer to a row.',
    next: {
      ...{ by: 'owner', path: 'versions/propose' },
      words: 'Propose a change of the contract that marks the key.',
    },
    sql: () => Prisma.sql`
      select s.id, k.names is not null as passes, coalesce('Key: ' || k.names || '.', 'No column is a key.') as why
      from s cross join lateral (select left(string_agg(c->>'name', ', '), 200) as names
        from jsonb_path_query(s.spec, '$.schema[*] ? (@.primaryKey == true || @.unique == true)') c) k`,
  },
  {
    ...{ id: 'lineage-known', property: 'interoperable', level: 2, weight: 2 },
    title: 'It is known what it is made of',
    words:
      'The columns of its version are traced to what they are made of without a gap, or a job outside told its lineage by OpenLineage.',
    next: {
      ...{ by: 'owner', path: 'lineage' },
      words: 'See which columns could not be traced, and say it in the statement.',
    },
    sql: () => Prisma.sql`
      select s.id, coalesce(d.gaps = 0, false) or x.is_told as passes,
        case when x.is_told then 'A job outside tells its lineage.' when d.gaps is null then 'Its columns are not traced yet.'
          when d.gaps = 0 then 'Every column is traced.' when d.gaps = 1 then '1 gap in its lineage.'
          else d.gaps || ' gaps in its lineage.' end as why
      from s left join lateral (select jsonb_array_length(d.gaps) as gaps from lineage_derivation d
          where d."productId" = s.id and d.version = s.version) d on true
        cross join lateral (select exists (select from external_link l
          where l."productId" = s.id and l."isOutput") as is_told) x`,
  },
  {
    ...{ id: 'shared-meaning', property: 'interoperable', level: 2, weight: 2 },
    title: 'A column means what the glossary says',
    words:
      'At least one column is linked to an approved term of the glossary, so that it can be told which columns of other products mean the same.',
    next: {
      ...{ by: 'owner', path: '#terms' },
      words: 'Link a term to a column in the card “Glossary terms” of its overview.',
    },
    sql: () => Prisma.sql`
      select s.id, l.n > 0 as passes, case l.n when 0 then 'No column is linked to an approved term.'
        when 1 then '1 column is linked to a term.' else l.n || ' columns are linked to terms.' end as why
      from s cross join lateral (select count(distinct l."column") as n from glossary_link l
        join glossary_term t on t.id = l."termId" and t.status = 'approved' and t."deletedAt" is null
        where l."productId" = s.id and l."column" <> '') l`,
  },
  {
    ...{ id: 'combined', property: 'interoperable', level: 3, weight: 2 },
    title: 'It is put together with others',
    words: `A product that others may find is made from it, or somebody queried it together with another product within ${COMBINED_DAYS} days.`,
    next: {
      ...{ by: 'users', path: 'lineage' },
      words:
        'Show in the documentation which products it can be joined with; Workbench joins them.',
    },
    sql: joinedOrReused,
  },
];

/** Queries over several products are counted once by product, and not once more for each. */
function joinedOrReused(at: Date): Prisma.Sql {
  return Prisma.sql`
    select s.id, i.n > 0 or coalesce(q.n, 0) > 0 as passes,
      case when i.n > 0 then 'Products made from it: ' || i.n || '.'
        when q.n > 0 then 'Queries that joined it with others: ' || q.n || '.'
        else 'Nothing is made from it, and no query joined it.' end as why
    from s join domain d on d.id = s."domainId"
      cross join lateral (select count(distinct i."productId") as n from product_input i
        join product p on p.id = i."productId" and p.status not in ('draft', 'retired')
        where i."sourceId" = s.id) i
      left join (select a.address, count(*) as n from query_run r cross join lateral unnest(r.products) a(address)
        where r."startedAt" > ${daysBefore(at, COMBINED_DAYS)} and r.status = 'succeeded' and cardinality(r.products) > 1
        group by 1) q on q.address = d.name || '/' || s.name`;
}
