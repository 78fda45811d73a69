import { Prisma } from '@/lib/core';
import type { Window } from './metric';

/** Good and measured minutes of objectives: finished days, and the finished hours of days that are not; with the objective's kind and target. */
export function measuredDays({ from, to, within }: Window, which: Prisma.Sql): Prisma.Sql {
  const mine = within
    ? Prisma.sql`and "objectiveId" in (select x.id from slo_objective x join product p on p.id = x."productId" where ${within})`
    : Prisma.empty;
  return Prisma.sql`
  select t.at, o."productId", t.good as num, t.measured::float8 as den, t.measured as n,
    o.id || to_char(t.at at time zone 'UTC', ':YYYY-MM-DD"T"HH24') as key,
    o.title || ': ' || t.good::numeric(12, 1) || ' of ' || t.measured || ' minutes were good' as label,
    o.id as "objectiveId", o.kind, o.target
  from (
    select d."objectiveId", d.day as at, d.good, d.measured from slo_day d where d.day >= ${from} and d.day < ${to} ${mine}
    union all
    select h."objectiveId", h.hour, h.good, h.measured from slo_hour h
      where h.hour >= ${from} and h.hour < ${to} ${mine} and not exists (select 1 from slo_day d
        where d."objectiveId" = h."objectiveId" and d.day = date_trunc('day', h.hour, 'UTC'))) t
  join slo_objective o on o.id = t."objectiveId"
  where ${which} and t.measured > 0`;
}
