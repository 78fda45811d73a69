import { Prisma } from '@/lib/core';
import type { Check } from './check';
import { daysBefore } from './days';

const READ_DAYS = 30;
const GOOD_STARS = 4;

export const VALUABLE: Check[] = [
  {
    ...{ id: 'read-by-others', property: 'valuable', level: 1, weight: 3 },
    title: 'Others read it',
    words: `Somebody other than its owner was served rows within ${READ_DAYS} days.`,
    next: {
      ...{ by: 'users', path: 'community' },
      words: 'Announce it, and let those in who ask.',
    },
    sql: (at) => Prisma.sql`
      select s.id, u.n > 0 as passes, case u.n when 0 then 'Nobody else read it.' when 1 then '1 person read it.'
        else u.n || ' people read it.' end as why
      from s cross join lateral (select count(distinct u."userId") as n from usage_reader_day u
        where u."productId" = s.id and u."userId" <> s."ownerId" and u.day > ${daysBefore(at, READ_DAYS)}) u`,
  },
  {
    ...{ id: 'read-across-domains', property: 'valuable', level: 2, weight: 2 },
    title: 'Another domain reads it',
    words: `Somebody who has no role in its domain was served rows within ${READ_DAYS} days.`,
    next: {
      ...{ by: 'users', path: 'community' },
      words: 'Tell other domains of it: announce it, and answer what they ask.',
    },
    sql: (at) => Prisma.sql`
      select s.id, u.n > 0 as passes, case u.n when 0 then 'Nobody of another domain read it.'
        when 1 then '1 person of another domain read it.' else u.n || ' people of other domains read it.' end as why
      from s cross join lateral (select count(distinct u."userId") as n from usage_reader_day u
        where u."productId" = s.id and u."userId" <> s."ownerId" and u.day > ${daysBefore(at, READ_DAYS)}
          and not exists (select from membership m where m."userId" = u."userId" and m."domainId" = s."domainId")) u`,
  },
  {
    ...{ id: 'liked', property: 'valuable', level: 3, weight: 2 },
    title: 'Its readers like it',
    words: `Reviews give it ${GOOD_STARS} of 5 stars or more in the mean. Only people who were served rows can review.`,
    next: {
      ...{ by: 'users', path: 'community' },
      words: 'Ask readers for a review, and answer what they miss.',
    },
    sql: () => Prisma.sql`
      select s.id, coalesce(r.average >= ${GOOD_STARS} and r.count > 0, false) as passes,
        case when coalesce(r.count, 0) = 0 then 'Nobody reviewed it.'
          else round(r.average::numeric, 1) || ' of 5 stars from ' || r.count
            || case r.count when 1 then ' review.' else ' reviews.' end end as why
      from s left join product_rating r on r."productId" = s.id`,
  },
];
