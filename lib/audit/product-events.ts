import { pool } from '@/lib/core';
import { type CursorRow, printCursor, readCursor } from './filter';

export interface ProductEvent {
  id: string;
  at: string;
  action: string;
  actor: { type: string; label: string };
  target: { type: string; id: string } | null;
  detail: Record<string, unknown>;
}
interface Asked {
  /** Only these; every change without it. */
  actions?: readonly string[] | undefined;
  after?: string | undefined;
  limit: number;
}
interface Stored extends CursorRow {
  id: string;
  action: string;
  actorType: string;
  actorLabel: string;
  targetType: string | null;
  targetId: string | null;
  detail: Record<string, unknown>;
}

/**
 * What changed about one product, newest first; reads and other decisions aside. Asks nobody: the caller says who may
 * see it. An index of its own leads each month, so that a product read a million times is as quick as any.
 * @throws AppError invalid when `after` is not one of its pages
 */
export async function productEvents(
  productId: string,
  { actions, after, limit }: Asked,
): Promise<{ events: ProductEvent[]; nextPage: string | null }> {
  const from = after ? readCursor(after) : null;
  const { rows } = await pool().query<Stored>(
    `select id, at, chain, seq::text as seq, action, "actorType", "actorLabel", "targetType", "targetId", detail
     from audit_event
     where "productId" = $1 and decision is null and ($2::text[] is null or action = any($2))
       and ($3::timestamptz is null or (at <= $3 and (at < $3 or (chain, seq) > ($4::int, $5::bigint))))
     order by at desc, chain, seq limit $6`,
    [
      productId,
      actions ?? null,
      from?.at ?? null,
      from?.chain ?? null,
      from?.seq ?? null,
      limit + 1,
    ],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    events: page.map(({ targetType, targetId, ...row }) => ({
      id: row.id,
      at: row.at.toISOString(),
      action: row.action,
      actor: { type: row.actorType, label: row.actorLabel },
      target: targetType && targetId ? { type: targetType, id: targetId } : null,
      detail: row.detail,
    })),
    nextPage: rows.length > limit && last ? printCursor(last) : null,
  };
}
