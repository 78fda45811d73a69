import { Prisma } from '@/lib/core';
import type { Check } from './check';

const DESCRIBED_PERCENT = 80;

/** A heading with one of these words; as the list of what is missing reads them (lib/documentation). */
const heading = (words: string) => `(?in)^#{1,6} .*\\m(${words})\\M`;
const PURPOSE = heading('purpose|used? for|good for|what it is|about');
const LIMITS = heading('limit|limits|limitations?|caveats?|known issues?|not for');

export const UNDERSTANDABLE: Check[] = [
  {
    ...{ id: 'columns-described', property: 'understandable', level: 1, weight: 3 },
    title: 'Its columns are described',
    words: `At least ${DESCRIBED_PERCENT} % of its columns say what they mean.`,
    next: {
      ...{ by: 'owner', path: 'versions/propose' },
      words: 'Propose a change of the contract that describes the columns without words.',
    },
    sql: () => Prisma.sql`
      select s.id, c.all_of > 0 and c.described * 100 >= c.all_of * ${DESCRIBED_PERCENT} as passes,
        c.described || ' of ' || c.all_of || ' columns are described.' as why
      from s cross join lateral (select count(*) as all_of,
          count(*) filter (where trim(coalesce(c->>'description', '')) <> '') as described
        from jsonb_path_query(s.spec, '$.schema[*]') c) c`,
  },
  {
    ...{ id: 'purpose-and-limits', property: 'understandable', level: 2, weight: 2 },
    title: 'Its documentation says what it is for, and what not',
    words: 'The documentation has a heading about its purpose and one about its limits.',
    next: {
      ...{ by: 'owner', path: 'documentation' },
      words:
        'Write what it is for under a heading “Purpose”, and what it is not for under “Limits”.',
    },
    sql: () => Prisma.sql`
      select x.id, x.purpose and x.limits as passes,
        case when x.purpose and x.limits then 'Purpose and limits are written down.'
          when x.purpose then 'Its limits are not written down.'
          when x.limits then 'Its purpose is not written down.'
          else 'Neither purpose nor limits are written down.' end as why
      from (select s.id, s.text ~ ${PURPOSE} as purpose, s.text ~ ${LIMITS} as limits from s) x`,
  },
  {
    ...{ id: 'working-examples', property: 'understandable', level: 3, weight: 2 },
    title: 'Its examples work',
    words:
      'The documentation has examples, and each one that was run on the rows that are served gave an answer. They are run when its page is looked at.',
    next: {
      ...{ by: 'owner', path: 'documentation' },
      words: 'Put a query into a code block marked “portolan”, or mend the one that fails.',
    },
    sql: () => Prisma.sql`
      select s.id, x.n > 0 and x.passed = x.n as passes,
        case when x.n = 0 then 'No example has been run on the rows.'
          else x.passed || ' of ' || x.n || ' examples work.' end as why
      from s cross join lateral (select count(*) as n, count(*) filter (where x."hasPassed") as passed
        from documentation_example x join product_environment e on e."productId" = x."productId"
          and e.environment = 'production' and e."snapshotId" = x."snapshotId"
        where x."productId" = s.id) x`,
  },
];
