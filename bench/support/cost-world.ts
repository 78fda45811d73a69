import type pg from 'pg';

export interface Size {
  products: number;
  people: number;
  days: number;
  /** The moment that it all is looked at, milliseconds. */
  now: number;
}

/**
 * A mesh in which every product is loaded, checked and read each day. Of its snapshots three are kept. A third of the
 * products is read by its own domain alone, and one in 49 is restricted, some in every domain. Rows are made as they come to stand.
 */
const ROWS = `
  insert into domain (id, name, title) select 'd' || i, 'domain-' || i, 'Domain ' || i from generate_series(0, 19) i;
  insert into "user" (id, email, name) select 'u' || i, 'u' || i || '@portolan.example', 'u' || i from generate_series(0, :people - 1) i;
  insert into membership ("domainId", "userId", role) select 'd' || i % 20, 'u' || i, 'data_consumer' from generate_series(0, :people - 1) i;
  insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
    select 'p' || i, 'd' || i % 20, 'u' || i % 100, 'p' || i, 'Product ' || i, 'Made by a benchmark.',
      case when i % 49 = 7 then 'restricted' else 'internal' end, 'production', 'batch_analytics', '{"spec": {"schema": []}}'
    from generate_series(0, :products - 1) i;
  insert into product_input ("productId", "sourceId", alias) select 'p' || i, 'p' || i / 7, 'in' from generate_series(1, :products - 1, 3) i;
  insert into snapshot (id, "productId", environment, number, status, "sizeBytes", "createdAt", "readyAt", "removedAt")
    select 's' || i || '-' || n, 'p' || i, 'production', n, case when n > :days - 3 then 'ready' else 'removed' end,
      1000000 + i * 7919 % 1000000, t, t, case when n <= :days - 3 then t + interval '3 days' end
    from generate_series(1, :days) n, generate_series(0, :products - 1) i,
      lateral (select :now::timestamptz - interval '1 day' * (:days - n) - interval '8 seconds' * i * (10000.0 / :products) as t) t order by t;
  insert into pipeline_run (id, "productId", environment, trigger, status, "createdAt", "startedAt", "finishedAt")
    select 'r' || id, "productId", environment, 'schedule', 'succeeded', "readyAt", "readyAt" - interval '40 seconds', "readyAt" from snapshot order by "readyAt";
  insert into quality_run (id, "productId", "snapshotId", "durationMs", "startedAt", "finishedAt")
    select 'q' || id, "productId", id, 900, "readyAt", "readyAt" + interval '1 second' from snapshot order by "readyAt";
  insert into product_environment ("productId", environment, status, "snapshotId", "updatedAt")
    select 'p' || i, 'production', 'live', 's' || i || '-' || :days, :now from generate_series(0, :products - 1) i;
  insert into release (id, "productId", number, version, descriptor, etl, "runId", "createdAt")
    select 'l' || i, 'p' || i, 1, '1.0.0', '{}', '{}', 'run' || i, :now::timestamptz - interval '200 days' from generate_series(0, :products - 1) i;
  insert into usage_reader ("userId") select id from "user";
  insert into usage_day ("productId", day, chunk, reads, "byOthers", "byOutsiders", refused, failed, "rowCount", "sizeBytes", "latencyMs", readers)
    select 'p' || i, date_trunc('day', :now::timestamptz, 'UTC') - interval '1 day' * n, 0, 10, 10, case when i % 3 = 0 then 0 else 10 end, 0, 0, 100,
      10000 + i * 104729 % 1000000, 50, 0::bit(1024)
    from generate_series(0, :days - 1) n, generate_series(0, :products - 1) i order by n desc, i;
  insert into usage_reader_day select 'p' || i, date_trunc('day', :now::timestamptz, 'UTC') - interval '1 day' * n,
      'u' || case when i % 3 = 0 then (i + 20 * ((n + k) % 80)) % :people else (i + n * 7 + k * 31) % :people end, 5
    from generate_series(0, :days - 1) n, generate_series(0, :products - 1) i, generate_series(1, 2) k order by n desc, i;
  insert into product_reader select "productId", "userId", min(day), max(day) from usage_reader_day group by 1, 2;
  insert into usage_domain_day ("domainId", day, chunk, reads, "byOthers", "byOutsiders", refused, failed, "rowCount", "sizeBytes",
      "latencyMs", readers)
    select p."domainId", u.day, u.chunk, sum(u.reads), sum(u."byOthers"), sum(u."byOutsiders"), 0, 0, sum(u."rowCount"), sum(u."sizeBytes"),
      sum(u."latencyMs"), bit_or(u.readers)
    from usage_day u join product p on p.id = u."productId" group by 1, 2, 3;
  insert into cost_model (id, number, currency, "from", "storageGbMonth", "loadHour", "qualityHour", "queryHour", "egressGb", reason, "createdAt")
    select 'm' || n, n, 'EUR', date_trunc('day', :now::timestamptz, 'UTC') - interval '1 day' * case n when 1 then 365 else 20 end,
      0.02 * n, 1, 1, 1, 0.1, 'A benchmark', :now from generate_series(1, 2) n`;

/** @param owner a superuser */
export async function makeCostWorld(owner: pg.Client, size: Size): Promise<void> {
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
