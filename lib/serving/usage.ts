import { type Ctx, log, newId, now, pool } from '@/lib/core';

export interface Usage {
  productId: string;
  /** `query`: a statement over several products. */
  shape: 'rows' | 'metadata' | 'query';
  format: string;
  /** The HTTP status that was answered; 499 when the client left. */
  status: number;
  rowCount: number;
  sizeBytes: number;
  latencyMs: number;
  decisionId: string | null;
  /** The contract's version that was served. */
  version?: string;
  /** The columns that were asked for; empty means all of them. */
  columns?: readonly string[];
}

interface Writer {
  queue: unknown[][];
  writing?: Promise<void>;
}
const store = globalThis as { __portolanUsage?: Writer };
const MAX_BATCH = 1000;
const MAX_WAITING = 50_000;

/** The event, and whoever was served rows as a reader of the product: to the minute, so that most reads write one row. */
const INSERT = `with served as (insert into usage_event
  (id, at, "productId", "actorId", "tokenId", shape, format, status, "rowCount", "sizeBytes", "latencyMs", "decisionId", version, columns, "isOwner", "inDomain")
  select u.id, at, product, actor, token, shape, format, u.status, rows, size, latency, decision, u.version,
    coalesce(string_to_array(columns, chr(31)), '{}'), coalesce(o."ownerId" = actor, false), m."userId" is not null
  from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[],
    $7::text[], $8::int[], $9::bigint[], $10::bigint[], $11::float8[], $12::text[], $13::text[], $14::text[])
    as u(id, at, product, actor, token, shape, format, status, rows, size, latency, decision, version, columns)
  left join product o on o.id = u.product
  left join membership m on m."domainId" = o."domainId" and m."userId" = actor
  on conflict do nothing returning "productId", "actorId", at, shape, status, "isOwner", "inDomain"),
  outside as (insert into product_first_use as held ("productId", at, "begunAt")
    select s."productId", min(s.at), coalesce(d."createdAt", p."createdAt") from served s join product p on p.id = s."productId"
      left join product_draft d on d."productId" = p.id left join product_first_use h on h."productId" = p.id
      where s.shape = 'rows' and s.status < 400 and s."actorId" is not null and not s."isOwner" and not s."inDomain"
        and (h.at is null or s.at < h.at) group by 1, 3 order by 1
    on conflict ("productId") do update set at = least(held.at, excluded.at)),
  reader as (select "productId", "actorId", min(at) as first, max(at) as last from served
    where shape = 'rows' and status < 400 and "actorId" is not null group by 1, 2)
  insert into product_reader as held ("productId", "userId", "firstAt", "lastAt")
  select n."productId", n."actorId", n.first, n.last from reader n join product p on p.id = n."productId"
    left join product_reader h on h."productId" = n."productId" and h."userId" = n."actorId"
    where h."lastAt" is null or h."lastAt" < n.last - interval '1 minute' order by 1, 2
  on conflict ("productId", "userId") do update set "lastAt" = greatest(held."lastAt", excluded."lastAt")`;

/**
 * Notes one served read. Writers share a commit; the response does not wait for it. What the portal's own probe
 * reads is no use: its result stands with the probe (lib/slo).
 */
export function recordUsage(ctx: Ctx, usage: Usage): void {
  if (ctx.via === 'probe') return;
  store.__portolanUsage ??= { queue: [] };
  const writer = store.__portolanUsage;
  if (writer.queue.length >= MAX_WAITING) {
    log().warn('usage events are dropped: the database does not keep up');
    return;
  }
  const actor = ctx.actor.type === 'user' ? ctx.actor : undefined;
  writer.queue.push([
    newId(),
    now(),
    usage.productId,
    actor?.id ?? null,
    actor?.token?.id ?? null,
    usage.shape,
    usage.format,
    usage.status,
    usage.rowCount,
    usage.sizeBytes,
    usage.latencyMs,
    usage.decisionId,
    usage.version ?? null,
    // No column's name holds a control character; an array of arrays cannot be told apart.
    usage.columns?.length ? usage.columns.join('\u001f') : null,
  ]);
  writer.writing ??= drain(writer);
}

async function drain(writer: Writer): Promise<void> {
  while (writer.queue.length > 0) {
    // The turn's other callers join the batch.
    await new Promise((resolve) => setImmediate(resolve));
    const batch = writer.queue.splice(0, MAX_BATCH);
    const columns = batch[0]!.map((_, index) => batch.map((row) => row[index]));
    try {
      // Prepared, as planning takes longer than writing few events.
      await pool().query({ name: 'usage-events', text: INSERT, values: columns });
    } catch (error) {
      log().error({ err: error, events: batch.length }, 'usage events could not be written');
    }
  }
  writer.writing = undefined;
}

/** Resolves when everything noted so far is written; for the end of a process. */
export async function flushUsage(): Promise<void> {
  await store.__portolanUsage?.writing;
}
