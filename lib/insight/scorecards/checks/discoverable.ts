import { Prisma } from '@/lib/core';
import type { Check } from './check';

const MIN_DESCRIPTION = 20;

export const DISCOVERABLE: Check[] = [
  {
    ...{ id: 'described', property: 'discoverable', level: 1, weight: 3 },
    title: 'A sentence says what it is',
    words: `The description has at least ${MIN_DESCRIPTION} characters: it is what people read first among what a search finds.`,
    next: {
      ...{ by: 'owner', path: 'versions/propose' },
      words: 'Propose a change of the contract with a description of what one row is.',
    },
    sql: () => Prisma.sql`
      select s.id, length(trim(s.description)) >= ${MIN_DESCRIPTION} as passes,
        'The description has ' || length(trim(s.description)) || ' characters.' as why from s`,
  },
  {
    ...{ id: 'tagged', property: 'discoverable', level: 2, weight: 2 },
    title: 'It carries an approved tag',
    words:
      'At least one of its tags is of the approved vocabulary, so that the filter by tag finds it.',
    next: {
      ...{ by: 'owner', path: 'versions/propose' },
      words: 'Propose a change of the contract that adds a tag of the vocabulary.',
    },
    sql: () => Prisma.sql`
      select s.id, t.names is not null as passes,
        case when t.names is not null then 'Approved: ' || t.names || '.'
          when cardinality(s.tags) > 0 then 'None of its tags is approved.' else 'It has no tag.' end as why
      from s cross join lateral (select left(string_agg(t.name, ', ' order by t.name), 200) as names
        from tag t where t.name = any(s.tags) and t.state = 'approved') t`,
  },
  {
    ...{ id: 'in-glossary', property: 'discoverable', level: 3, weight: 2 },
    title: 'A term of the glossary leads to it',
    words:
      'An approved term is linked to the product or to a column, so that people find it by the words of the business and their synonyms.',
    next: {
      ...{ by: 'owner', path: '#terms' },
      words: 'Link a term to it in the card “Glossary terms” of its overview.',
    },
    sql: () => Prisma.sql`
      select s.id, t.names is not null as passes, coalesce('Terms: ' || t.names || '.', 'No approved term is linked.') as why
      from s cross join lateral (select left(string_agg(distinct t.name, ', '), 200) as names
        from glossary_link l join glossary_term t on t.id = l."termId"
        where l."productId" = s.id and t.status = 'approved' and t."deletedAt" is null) t`,
  },
];
