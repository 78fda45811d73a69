/**
 * What each source says about the minutes from $1 (included) to $2 (left out). Every statement works out whole
 * minutes from facts that stay, and writes only what differs: repeating it changes nothing.
 */
const INTO = `insert into slo_measurement ("objectiveId", minute, source, good, total)`;
const SET = `on conflict ("objectiveId", minute, source) do update
  set good = excluded.good, total = excluded.total
  where (slo_measurement.good, slo_measurement.total) is distinct from (excluded.good, excluded.total)`;
const during = (minute: string) =>
  `o.since <= ${minute} and (o."endedAt" is null or ${minute} < o."endedAt")`;
const fast = (column: string) =>
  `case when o."isInclusive" then ${column} <= o.threshold else ${column} < o.threshold end`;
const MINUTES = `generate_series($1::timestamptz, $2::timestamptz - interval '1 minute', interval '1 minute') as m(minute)`;

/** Answers below 400 are good, from 500 on bad; what the asker did wrong, or left, is neither. */
const REQUEST_AVAILABILITY = `${INTO}
  select o.id, e.minute, 'request', e.ok, e.ok + e.failed
  from (select "productId", date_trunc('minute', at) as minute,
      count(*) filter (where status < 400) as ok, count(*) filter (where status >= 500) as failed
    from usage_event where at >= $1::timestamptz and at < $2::timestamptz group by 1, 2) e
  join slo_objective o on o."productId" = e."productId" and o.kind = 'availability'
  where e.ok + e.failed > 0 and ${during('e.minute')} ${SET}`;

/** Pages of rows only: a download takes as long as its reader's line. */
const REQUEST_LATENCY = `${INTO}
  select o.id, date_trunc('minute', e.at), 'request',
    count(*) filter (where ${fast('e."latencyMs"')}), count(*)
  from usage_event e
  join slo_objective o on o."productId" = e."productId" and o.kind = 'latency'
  where e.at >= $1::timestamptz and e.at < $2::timestamptz and e.status < 400 and e.shape = 'rows' and e.format = 'json'
    and ${during(`date_trunc('minute', e.at)`)}
  group by 1, 2 ${SET}`;

const PROBES = `${INTO}
  select o.id, p.minute, 'probe',
    case when o.kind = 'availability' then case when p.status < 400 then 1 else 0 end
      else case when ${fast('p."latencyMs"')} then 1 else 0 end end, 1
  from slo_probe p
  join slo_objective o on o."productId" = p."productId" and o.kind in ('availability', 'latency')
  where p.minute >= $1::timestamptz and p.minute < $2::timestamptz and ${during('p.minute')}
    and (p.status between 200 and 399 or (o.kind = 'availability' and p.status >= 500)) ${SET}`;

/** An outage that turned out to be none: an event came in late. */
const NO_OUTAGE = `delete from slo_measurement where source = 'outage'
  and minute >= $1::timestamptz and minute < $2::timestamptz`;

/**
 * The portal did not answer: a probe got no answer, or no web process lived in that minute and nothing was
 * served. A minute in which only the worker was away is no outage: without traffic it is not measured.
 */
const OUTAGE = `${INTO}
  with dead as materialized (
    select m.minute from ${MINUTES}
    where not exists (select 1 from web_minute w where w.minute = m.minute))
  select o.id, d.minute, 'outage', 0, 1
  from dead d
  join slo_objective o on o.kind = 'availability' and ${during('d.minute')}
  where not exists (select 1 from slo_measurement r where r."objectiveId" = o.id
    and r.minute = d.minute and r.source in ('request', 'probe'))
  union
  select o.id, p.minute, 'outage', 0, 1
  from slo_probe p
  join slo_objective o on o."productId" = p."productId" and o.kind = 'availability'
  where p.minute >= $1::timestamptz and p.minute < $2::timestamptz and p.status = 0
    and ${during('p.minute')} ${SET}`;

/** The snapshot that was served at the minute's end: the one that is now, or the newest from before. */
const SERVED = `select s."createdAt", s."rowCount", s."sizeBytes" from snapshot s
  where s."productId" = o."productId" and s.environment = 'production' and s."sizeBytes" > 0
    and s."createdAt" < m.minute + interval '1 minute'
  order by (s.id = (select e."snapshotId" from product_environment e
    where e."productId" = o."productId" and e.environment = 'production')) desc, s.number desc limit 1`;

const FRESHNESS = `${INTO}
  select o.id, m.minute, 'state', case when ${fast('a.age')} then 1 else 0 end, 1
  from ${MINUTES}
  join slo_objective o on o.kind = 'freshness' and ${during('m.minute')}
  cross join lateral (${SERVED}) s
  cross join lateral (select extract(epoch from (m.minute + interval '1 minute' - s."createdAt"))::float8 * 1000
    as age) a ${SET}`;

const CHECKED = `select q.id, q.scores from quality_run q where q."productId" = o."productId"
  and q.environment = 'production' and q."finishedAt" < m.minute + interval '1 minute' order by q."startedAt" desc limit 1`;

const COMPLETENESS = `${INTO}
  select o.id, m.minute, 'state', least(greatest((q.scores ->> 'completeness')::float8, 0), 100), 100
  from ${MINUTES}
  join slo_objective o on o.kind = 'completeness' and ${during('m.minute')}
  cross join lateral (${CHECKED}) q
  where jsonb_typeof(q.scores -> 'completeness') = 'number' ${SET}`;

/** From events, which may come in late. In this order: an outage is what neither requests nor probes speak against. */
export const MEASURE_EVENTS = [
  REQUEST_AVAILABILITY,
  REQUEST_LATENCY,
  PROBES,
  NO_OUTAGE,
  OUTAGE,
] as const;
export const MEASURE_STATES = [FRESHNESS, COMPLETENESS] as const;

/** The metrics of each minute for each custom objective. */
export const METRICS_OF_MINUTES = `
  select o.id, o.formula, m.minute, u.requests, u.errors, coalesce(u.p95, 0) as "p95Ms",
    s."rowCount"::float8 as "rowCount", s."sizeBytes"::float8 as "sizeBytes",
    extract(epoch from (m.minute + interval '1 minute' - s."createdAt"))::float8 / 60 as "ageMinutes",
    coalesce(q.scores, '{}') as quality,
    coalesce((select jsonb_object_agg(r.name, x.score) from quality_result x
      join quality_rule r on r.id = x."ruleId" where x."runId" = q.id), '{}') as rules
  from ${MINUTES}
  join slo_objective o on o.kind = 'custom' and ${during('m.minute')}
  cross join lateral (${SERVED}) s
  cross join lateral (select count(*) filter (where e.status < 400)::float8 as requests,
      count(*) filter (where e.status >= 500)::float8 as errors,
      percentile_cont(0.95) within group (order by e."latencyMs")
        filter (where e.status < 400 and e.format = 'json') as p95
    from usage_event e where e."productId" = o."productId"
      and e.at >= m.minute and e.at < m.minute + interval '1 minute') u
  left join lateral (${CHECKED}) q on true`;

export const WRITE_CUSTOM = `${INTO}
  select t.id, t.minute, 'state', t.good, 1
  from unnest($1::text[], $2::timestamptz[], $3::float8[]) as t(id, minute, good) ${SET}`;

/** Minutes as one row each: several sources of one minute are one share of good events. */
const SHARES = `select "objectiveId", minute, sum(good) as good, sum(total) as total,
    bool_or(source = 'outage') as outage
  from slo_measurement where minute >= $1::timestamptz and minute < $2::timestamptz and total > 0
  group by 1, 2`;

/** Finished hours from their minutes. */
export const ROLL_UP = `insert into slo_hour ("objectiveId", hour, measured, good, outage, "goodEvents", events)
  select o.id, date_trunc('hour', s.minute, 'UTC'), count(*)::int, sum(s.good / s.total),
    (count(*) filter (where s.outage))::int, sum(s.good), sum(s.total)
  from (${SHARES}) s join slo_objective o on o.id = s."objectiveId"
  group by 1, 2
  on conflict ("objectiveId", hour) do update set measured = excluded.measured, good = excluded.good,
    outage = excluded.outage, "goodEvents" = excluded."goodEvents", events = excluded.events`;

/** Finished UTC days from their hours. */
export const ROLL_UP_DAYS = `insert into slo_day ("objectiveId", day, measured, good, outage, "goodEvents", events)
  select "objectiveId", date_trunc('day', hour, 'UTC'), sum(measured), sum(good), sum(outage), sum("goodEvents"), sum(events)
  from slo_hour where hour >= $1::timestamptz and hour < $2::timestamptz
  group by 1, 2
  on conflict ("objectiveId", day) do update set measured = excluded.measured, good = excluded.good,
    outage = excluded.outage, "goodEvents" = excluded."goodEvents", events = excluded.events`;
