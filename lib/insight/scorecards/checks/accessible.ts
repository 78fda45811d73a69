import { Prisma } from '@/lib/core';
import type { Check } from './check';
import { daysBefore } from './days';

const READ_DAYS = 30;
const ANSWERED_PERCENT = 99;
const REQUEST_DAYS = 3;
const QUESTION_DAYS = 7;

export const ACCESSIBLE: Check[] = [
  {
    ...{ id: 'served', property: 'accessible', level: 1, weight: 3 },
    title: 'Its rows are served over HTTP',
    words:
      'A serving driver has registered its port in production, so that every tool that speaks HTTP can read it.',
    next: {
      ...{ by: 'owner', path: 'lifecycle' },
      words: 'Promote it: provisioning registers its port.',
    },
    sql: () => Prisma.sql`
      select s.id, r.id is not null as passes, coalesce('Served by ' || r.driver || '.', 'No port is registered.') as why
      from s left join resource r on r."productId" = s.id and r.environment = 'production' and r.capability = 'serving'`,
  },
  {
    ...{ id: 'answers', property: 'accessible', level: 2, weight: 2 },
    title: 'Its reads are answered',
    words: `It was read within ${READ_DAYS} days, and the portal answered at least ${ANSWERED_PERCENT} % of those reads without a failure of its own.`,
    next: {
      ...{ by: 'owner', path: 'api' },
      words: 'Read it once as the API tab shows, and see to reads that fail.',
    },
    sql: (at) => Prisma.sql`
      select s.id, u.reads > 0 and u.failed * 100 <= (u.reads + u.failed) * ${100 - ANSWERED_PERCENT} as passes,
        case when u.reads + u.failed = 0 then 'Nobody has read it.'
          else u.reads || ' of ' || (u.reads + u.failed) || ' reads were answered.' end as why
      from s cross join lateral (select coalesce(sum(u.reads), 0)::bigint as reads, coalesce(sum(u.failed), 0)::bigint as failed
        from usage_day u where u."productId" = s.id and u.day > ${daysBefore(at, READ_DAYS)}) u`,
  },
  {
    ...{ id: 'requests-answered', property: 'accessible', level: 2, weight: 2 },
    title: 'Requests for access are answered',
    words: `No request for access waits for its owner for more than ${REQUEST_DAYS} days.`,
    next: { ...{ by: 'owner', path: '/access/inbox' }, words: 'Decide on the requests that wait.' },
    sql: (at) => Prisma.sql`
      select s.id, i.n = 0 as passes,
        case i.n when 0 then 'No request waits too long.' when 1 then '1 request waits too long.'
          else i.n || ' requests wait too long.' end as why
      from s cross join lateral (select count(*) as n from access_request_item i
        where i."productId" = s.id and i.status = 'open' and i."createdAt" < ${daysBefore(at, REQUEST_DAYS)}) i`,
  },
  {
    ...{ id: 'questions-answered', property: 'accessible', level: 3, weight: 1 },
    title: 'Questions are answered',
    words: `No open question waits for an answer of its owner for more than ${QUESTION_DAYS} days.`,
    next: { ...{ by: 'owner', path: 'community' }, words: 'Answer the questions that wait.' },
    sql: (at) => Prisma.sql`
      select s.id, q.n = 0 as passes,
        case q.n when 0 then 'No question waits too long.' when 1 then '1 question waits too long.'
          else q.n || ' questions wait too long.' end as why
      from s cross join lateral (select count(*) as n from question q
        where q."productId" = s.id and q."closedAt" is null and q."hiddenAt" is null and q."acceptedId" is null
          and q."createdAt" < ${daysBefore(at, QUESTION_DAYS)}
          and not exists (select from answer a where a."questionId" = q.id and a."isFromOwner")) q`,
  },
];
