import { Prisma } from '@/lib/core';
import type { Check } from './check';

const inForce = (at: Date) =>
  Prisma.sql`g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > ${at}::timestamptz)`;

export const SECURE: Check[] = [
  {
    ...{ id: 'owner-active', property: 'secure', level: 1, weight: 3 },
    title: 'Somebody active owns it',
    words:
      'The account of its owner is not disabled, so that somebody answers for who may read it.',
    next: {
      ...{ by: 'owner', path: 'versions/propose' },
      words: 'Give it another owner in its contract.',
    },
    sql: () => Prisma.sql`
      select s.id, o."disabledAt" is null as passes,
        case when o."disabledAt" is null then 'Its owner is active.' else 'The account of its owner is disabled.' end as why
      from s join "user" o on o.id = s."ownerId"`,
  },
  {
    ...{ id: 'no-violations', property: 'secure', level: 1, weight: 3 },
    title: 'It breaks no policy',
    words:
      'No violation of level error is open. What is waived is not open; what is acknowledged still is.',
    next: {
      ...{ by: 'owner', path: '/governance/violations?level=error&domain={domain}' },
      words: 'See to its violations, or ask for a waiver.',
    },
    sql: () => Prisma.sql`
      select s.id, v.n = 0 as passes, case v.n when 0 then 'Nothing is open.' when 1 then '1 violation is open.'
        else v.n || ' violations are open.' end as why
      from s cross join lateral (select count(*) as n from violation v
        where v."productId" = s.id and v.status <> 'resolved' and v.level = 'error') v`,
  },
  {
    ...{ id: 'personal-data', property: 'secure', level: 2, weight: 3 },
    title: 'Personal data is protected',
    words:
      'Where columns are marked as personal data, it is confidential or restricted, and every file that is served is encrypted.',
    next: {
      ...{ by: 'owner', path: 'schema' },
      words:
        'Classify it as confidential or restricted, and load it again: its files are encrypted then.',
    },
    sql: () => Prisma.sql`
      select x.id, not x.pii or (x.is_closed and x.plain = 0) as passes,
        case when not x.pii then 'No column is marked as personal data.'
          when not x.is_closed then 'It holds personal data and is ' || x.classification || '.'
          when x.plain > 0 then 'It holds personal data, and files of it are not encrypted.'
          else 'It is ' || x.classification || ', and every file is encrypted.' end as why
      from (select s.id, s.classification, s.classification in ('confidential', 'restricted') as is_closed,
          jsonb_path_exists(s.spec, '$.schema.**.pii ? (@ == true)') as pii,
          (select count(*) from product_environment e join snapshot_file f on f."snapshotId" = e."snapshotId"
            where e."productId" = s.id and e.environment = 'production' and f."wrappedKey" is null) as plain
        from s) x`,
  },
  {
    ...{ id: 'grants-end', property: 'secure', level: 2, weight: 2 },
    title: 'Every grant ends',
    words: 'No grant in force is without an end.',
    next: {
      ...{ by: 'owner', path: 'access' },
      words: 'Give the grants without an end one, or revoke them.',
    },
    sql: (at) => Prisma.sql`
      select s.id, g.endless = 0 as passes,
        case when g.n = 0 then 'No grant is in force.' else g.endless || ' of ' || g.n || ' grants have no end.' end as why
      from s cross join lateral (select count(*) as n, count(*) filter (where g."expiresAt" is null) as endless
        from "grant" g where g."productId" = s.id and ${inForce(at)}) g`,
  },
  {
    ...{ id: 'grants-reviewed', property: 'secure', level: 3, weight: 2 },
    title: 'Grants are looked at again',
    words: 'No grant in force is past the day on which its owner should have looked at it again.',
    next: {
      ...{ by: 'owner', path: 'access' },
      words: 'Look at the grants that are due, and keep or revoke each.',
    },
    sql: (at) => Prisma.sql`
      select s.id, g.due = 0 as passes,
        case when g.due = 0 then 'No grant is due for a look.' when g.due = 1 then '1 grant is due for a look.'
          else g.due || ' grants are due for a look.' end as why
      from s cross join lateral (select count(*) filter (where g."reviewAt" <= ${at}::timestamptz) as due
        from "grant" g where g."productId" = s.id and ${inForce(at)}) g`,
  },
];
