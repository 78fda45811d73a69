import type pg from 'pg';

export interface Size {
  products: number;
  people: number;
  /** Of the history of everything but usage. */
  days: number;
  /** The moment that it all is looked at, milliseconds. */
  now: number;
}

/**
 * A mesh in which every product is loaded and checked once a day and promises two objectives; a tenth of the products have
 * had an incident, a hundredth have an open violation. Rows are made as they come to stand, not through verbs.
 */
const ROWS = `
  insert into domain (id, name, title) select 'd' || i, 'domain-' || i, 'Domain ' || i from generate_series(0, 19) i;
  insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(0, :people - 1) i;
  insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
    select 'p' || i, 'd' || i % 20, 'u' || i % 100, 'p' || i, 'Product ' || i, 'Made by a benchmark.', 'internal', 'production',
      'batch_analytics', '{}' from generate_series(0, :products - 1) i;
  insert into product_draft (id, "authorId", "productId", "createdAt", "updatedAt")
    select 'draft' || i, 'u1', 'p' || i, :now::timestamptz - interval '1 day' * (40 + i % :days), :now from generate_series(0, :products - 1) i;
  insert into release (id, "productId", number, version, descriptor, etl, "runId", "createdAt")
    select 'r' || i || '-' || n, 'p' || i, n, n || '.0.0', '{}', '{}', 'run' || i || '-' || n,
      :now::timestamptz - interval '1 day' * (i % :days) / n from generate_series(0, :products - 1) i, generate_series(1, 2) n;
  insert into slo_objective (id, "productId", key, kind, title, origin, target, since)
    select 'o' || i || kind, 'p' || i, kind, kind, initcap(kind), 'contract', 0.99, :now::timestamptz - interval '1 day' * :days
    from generate_series(0, :products - 1) i, unnest(array['availability', 'freshness']) kind;
  insert into slo_day ("objectiveId", day, measured, good, outage, "goodEvents", events)
    select o.id, date_trunc('day', :now::timestamptz, 'UTC') - interval '1 day' * n, 1440, 1440 - n % 7, 0, 1, 1
    from generate_series(1, :days) n, slo_objective o;
  insert into slo_hour ("objectiveId", hour, measured, good, outage, "goodEvents", events)
    select o.id, date_trunc('day', :now::timestamptz, 'UTC') + interval '1 hour' * n, 60, 60 - n % 2, 0, 1, 1
    from generate_series(0, 11) n, slo_objective o;
  insert into snapshot (id, "productId", environment, number, status, "rowCount", "sizeBytes", "createdAt")
    select 's' || i || '-' || n, 'p' || i, 'production', n, 'ready', 1000, 100000 + i, :now::timestamptz - interval '1 day' * (5 - n)
    from generate_series(0, :products - 1) i, generate_series(1, 5) n;
  insert into product_environment ("productId", environment, status, "snapshotId", "updatedAt")
    select 'p' || i, 'production', 'live', 's' || i || '-5', :now from generate_series(0, :products - 1) i;
  insert into quality_run (id, "productId", "snapshotId", scores, "startedAt", "finishedAt")
    select 'q' || i || '-' || n, 'p' || i, 's', jsonb_build_object('completeness', 90 + i % 10, 'uniqueness', 100),
      :now::timestamptz - interval '1 day' * n + interval '1 second' * i, :now::timestamptz - interval '1 day' * n + interval '1 second' * (i + 2)
    from generate_series(1, :days) n, generate_series(0, :products - 1) i;
  insert into pipeline_run (id, "productId", environment, trigger, status, "rowsWritten", "createdAt", "startedAt", "finishedAt")
    select 'l' || i || '-' || n, 'p' || i, 'production', 'schedule', case when (i + n) % 50 = 0 then 'failed' else 'succeeded' end, 1000, t, t,
      t + interval '1 millisecond' * (100 + hashint8(i * 1000 + n) % 90)
    from generate_series(1, :days) n, generate_series(0, :products - 1) i,
      lateral (select :now::timestamptz - interval '1 day' * n + interval '1 second' * i as t) t;
  insert into quality_incident (id, "productId", "domainId", "ruleName", dimension, status, level, message, "runId", "openedAt", "lastSeenAt", "resolvedAt")
    select 'qi' || i, 'p' || i, 'd' || i % 20, 'rule', 'completeness', 'resolved', 'error', 'm', 'q', t, t, t + interval '3 hours'
    from generate_series(0, :products - 1, 10) i, lateral (select :now::timestamptz - interval '1 day' * (i % :days) as t) t;
  insert into violation (id, rule, level, "productId", "domainId", "dedupeKey", title, message, "firstSeenAt", "lastSeenAt")
    select 'v' || i, 'encryption', 'error', 'p' || i, 'd' || i % 20, 'k' || i, 't', 'm', :now::timestamptz - interval '9 days', :now
    from generate_series(0, :products - 1, 100) i;
  insert into violation_event (id, "violationId", at, kind) select 've' || id, id, "firstSeenAt", 'opened' from violation;
  insert into access_request (id, "requesterId", purpose, note, days, "createdAt")
    select 'a' || i, 'u' || i % :people, 'analytics', 'n', 30, :now::timestamptz - interval '1 hour' * (30 + i % (:days * 24)) from generate_series(0, :products * 3) i;
  insert into access_request_item (id, "requestId", "productId", status, "decidedAt", "createdAt")
    select 'i' || i, 'a' || i, 'p' || (i * 7) % :products, 'active', q."createdAt" + interval '1 minute' * (60 + i * 37 % 2880), q."createdAt"
    from generate_series(0, :products * 3) i join access_request q on q.id = 'a' || i;
  insert into product_reader ("productId", "userId", "firstAt", "lastAt", "askedAt")
    select p, u, at, :now, reader_asked_at(p, u, at) from (select 'p' || i as p, 'u' || (i * 31 + n * n * 17) % :people as u,
        min(:now::timestamptz - interval '1 hour' * ((i * 7 + n * 101) % (:days * 24))) as at
      from generate_series(0, :products - 1) i, generate_series(1, 30) n group by 1, 2) r;
  insert into product_reader ("productId", "userId", "firstAt", "lastAt", "askedAt")
    select i."productId", q."requesterId", i."decidedAt" + interval '1 hour' * (i.n % 30), :now, i."createdAt"
    from (select *, right(id, -1)::int as n from access_request_item) i join access_request q on q.id = i."requestId"
    where i."decidedAt" < :now::timestamptz - interval '1 hour' * 30 on conflict do nothing;
  insert into product_first_use select r."productId", min(r."firstAt"), d."createdAt"
    from product_reader r join product_draft d on d."productId" = r."productId" group by 1, 3;
  insert into review (id, "productId", "authorId", stars, "createdAt")
    select 'w' || i, 'p' || i, 'u' || i % :people, 1 + i % 5, :now::timestamptz - interval '1 day' * (i % :days) from generate_series(0, :products - 1) i;
  insert into review_version ("reviewId", rev, "authorId", stars, text, at) select id, 1, "authorId", stars, '', "createdAt" from review`;

/** @param owner a superuser */
export async function makeInsightWorld(owner: pg.Client, size: Size): Promise<void> {
  await owner.query('set session_replication_role = replica');
  const at = new Date(size.now).toISOString();
  for (const statement of ROWS.split(';\n')) {
    const sql = statement
      .replaceAll(':products', String(size.products))
      .replaceAll(':people', String(size.people))
      .replaceAll(':days', String(size.days))
      .replaceAll(':now', `'${at}'`);
    await owner.query(sql);
  }
  await owner.query('set session_replication_role = origin');
}
