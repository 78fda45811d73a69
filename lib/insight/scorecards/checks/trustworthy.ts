import { Prisma } from '@/lib/core';
import type { Check } from './check';
import { daysBefore } from './days';

const CHECKED_DAYS = 30;
const MEASURED_DAYS = 30;

/** The newest finished run on what production serves. */
const lastRun = Prisma.sql`
  select r.id, r."startedAt" from quality_run r
  where r."productId" = s.id and r.environment = 'production' and r."finishedAt" is not null
  order by r."startedAt" desc limit 1`;

export const TRUSTWORTHY: Check[] = [
  {
    ...{ id: 'quality-checked', property: 'trustworthy', level: 1, weight: 3 },
    title: 'Its rows are checked',
    words: `A quality rule is switched on, and the rules ran on what production serves within ${CHECKED_DAYS} days.`,
    next: { ...{ by: 'owner', path: 'quality' }, words: 'Add a quality rule, and run the rules.' },
    sql: (at) => Prisma.sql`
      select s.id, q.n > 0 and coalesce(r."startedAt" > ${daysBefore(at, CHECKED_DAYS)}, false) as passes,
        case when q.n = 0 then 'No quality rule is switched on.' when r.id is null then 'The rules have not run yet.'
          else q.n || case q.n when 1 then ' rule' else ' rules' end || '; they ran last on '
            || to_char(r."startedAt" at time zone 'UTC', 'YYYY-MM-DD') || '.' end as why
      from s cross join lateral (select count(*) as n from quality_rule q
          where q."productId" = s.id and q."isEnabled") q
        left join lateral (${lastRun}) r on true`,
  },
  {
    ...{ id: 'quality-passed', property: 'trustworthy', level: 2, weight: 3 },
    title: 'Its rows meet its rules',
    words: 'The newest run of the rules on what production serves met every one of them.',
    next: {
      ...{ by: 'owner', path: 'quality' },
      words: 'Open the incident of the rule that fails, and mend the rows.',
    },
    sql: () => Prisma.sql`
      select s.id, f.n > 0 and f.passed = f.n as passes,
        case when f.n = 0 then 'No run has measured a rule.'
          else f.passed || ' of ' || f.n || ' rules are met.' end as why
      from s left join lateral (${lastRun}) r on true
        cross join lateral (select count(*) as n, count(*) filter (where f.passed) as passed
          from quality_result f where f."runId" = r.id) f`,
  },
  {
    ...{ id: 'objectives', property: 'trustworthy', level: 2, weight: 2 },
    title: 'It promises a service level',
    words:
      'At least one objective is in force: availability, latency, freshness, or one of its owner’s.',
    next: { ...{ by: 'owner', path: 'slo' }, words: 'Add an objective that readers may count on.' },
    sql: () => Prisma.sql`
      select s.id, o.n > 0 as passes, case o.n when 0 then 'It promises nothing.' when 1 then '1 objective is promised.'
        else o.n || ' objectives are promised.' end as why
      from s cross join lateral (select count(*) as n from slo_objective o
        where o."productId" = s.id and o."endedAt" is null) o`,
  },
  {
    ...{ id: 'promises-kept', property: 'trustworthy', level: 3, weight: 3 },
    title: 'It keeps what it promises',
    words: `Over the finished days of the last ${MEASURED_DAYS}, each objective in force was measured and met its target.`,
    next: {
      ...{ by: 'owner', path: 'slo' },
      words: 'See which objective missed its target, and why.',
    },
    sql: (at) => Prisma.sql`
      select s.id, k.n > 0 and k.kept = k.n as passes,
        case when k.n = 0 then 'It promises nothing.'
          else k.kept || ' of ' || k.n || ' objectives met their target.' end as why
      from s cross join lateral (select count(*) as n, count(*) filter (where d.good >= o.target * d.measured - 1e-6) as kept
        from slo_objective o left join lateral (select sum(d.good) as good, nullif(sum(d.measured), 0) as measured
          from slo_day d where d."objectiveId" = o.id and d.day > ${daysBefore(at, MEASURED_DAYS)}) d on true
        where o."productId" = s.id and o."endedAt" is null) k`,
  },
  {
    ...{ id: 'certified', property: 'trustworthy', level: 3, weight: 2 },
    title: 'A steward certified it',
    words: 'A certification is in force: a steward said that it is fit for use.',
    next: {
      ...{ by: 'steward', path: '#certification' },
      words: 'Certify it in the card “Certification” of its overview.',
    },
    sql: (at) => Prisma.sql`
      select s.id, c.until is not null as passes,
        coalesce('Certified until ' || to_char(c.until at time zone 'UTC', 'YYYY-MM-DD') || '.',
          'No certification is in force.') as why
      from s left join lateral (select max(c.until) as until from certification c
        where c."productId" = s.id and c."endedAt" is null and c.until > ${at}::timestamptz) c on true`,
  },
];
