import { z } from 'zod';
import { invalid } from '@/lib/core';

const text = z.string().trim().min(1).max(200).optional();
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const moment = z
  .string()
  .trim()
  .transform((raw) => {
    const isDateOnly = !raw.includes('T');
    return new Date(isDateOnly || HAS_ZONE.test(raw) ? raw : `${raw}Z`);
  })
  .refine((date) => !Number.isNaN(date.getTime()), 'Use a time such as 2026-01-31T09:00Z')
  .optional();
export const AuditFilter = z.object({
  /** E-mail, id or `system:worker`. */
  actor: text,
  /** `product.read`, or the beginning of an action: `product.` */
  action: text,
  decision: z.enum(['allow', 'deny']).optional(),
  kind: z.enum(['verb', 'decision', 'system']).optional(),
  /** The portal's own probes, one a minute and product, which would drown what people did. */
  probes: z.enum(['show', 'hide']).optional(),
  productId: text,
  domainId: text,
  requestId: text,
  /** `domain/product`, and a domain's slug. */
  product: text,
  domain: text,
  /** ISO 8601; without a zone it is UTC. */
  from: moment,
  to: moment,
  /** Anywhere in the actor, the action, the target or the detail. */
  text: z.string().trim().min(2, 'Type at least two characters').max(200).optional(),
});
export type AuditFilter = z.output<typeof AuditFilter>;

/** How the portal's own probes sign their reads. */
export const PROBE = 'system:probe';

const like = (value: string) => value.replace(/[\\%_]/g, '\\$&');

const CURSOR = /^(\d{1,16})\.(\d{1,6})\.(\d{1,18})$/;
export interface CursorRow {
  at: Date;
  chain: number;
  seq: string;
}
export const printCursor = (row: CursorRow) => `${row.at.getTime()}.${row.chain}.${row.seq}`;

function readCursor(text: string): CursorRow {
  const match = CURSOR.exec(text);
  const at = new Date(Number(match?.[1]));
  if (!match || Number.isNaN(at.getTime())) {
    throw invalid('This page address is not one the log gave out. Start at the first page.', {
      after: 'Unknown page',
    });
  }
  return { at, chain: Number(match[2]), seq: match[3]! };
}

/** The filter as `where …` with its values; conditions suit the indexes on (at, chain, seq). */
export function whereOf(filter: AuditFilter, after?: string): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (make: (place: string) => string, value: unknown) => {
    values.push(value);
    conditions.push(make(`$${values.length}`));
  };
  if (filter.actor) {
    add((p) => `("actorId" = ${p} or "actorLabel" = lower(${p}))`, filter.actor);
  }
  if (filter.action) add((p) => `action like ${p}`, `${like(filter.action)}%`);
  if (filter.decision) add((p) => `decision = ${p}`, filter.decision);
  if (filter.kind) add((p) => `kind = ${p}`, filter.kind);
  if (filter.probes === 'hide') add((p) => `"actorLabel" <> ${p}`, PROBE);
  if (filter.productId) add((p) => `"productId" = ${p}`, filter.productId);
  if (filter.domainId) add((p) => `"domainId" = ${p}`, filter.domainId);
  if (filter.product) {
    add(
      (p) => `"productId" in (select p.id from product p join domain d on d.id = p."domainId"
        where d.name = split_part(${p}, '/', 1) and p.name = split_part(${p}, '/', 2))`,
      filter.product,
    );
  }
  if (filter.domain) {
    add((p) => `"domainId" in (select id from domain where name = ${p})`, filter.domain);
  }
  if (filter.requestId) add((p) => `"requestId" = ${p}`, filter.requestId);
  if (filter.from) add((p) => `at >= ${p}`, filter.from);
  if (filter.to) add((p) => `at < ${p}`, filter.to);
  if (filter.text) {
    const anywhere = ['"actorLabel"', 'action', '"targetId"', 'detail::text'];
    add(
      (p) => `(${anywhere.map((column) => `${column} ilike ${p}`).join(' or ')})`,
      `%${like(filter.text)}%`,
    );
  }
  if (after) {
    const cursor = readCursor(after);
    add((p) => `at <= ${p}`, cursor.at);
    const at = `$${values.length}`;
    values.push(cursor.chain, cursor.seq);
    const [chain, seq] = [`$${values.length - 1}::int`, `$${values.length}::bigint`];
    conditions.push(`(at < ${at} or (chain, seq) > (${chain}, ${seq}))`);
  }
  return { sql: conditions.length > 0 ? `where ${conditions.join(' and ')}` : '', values };
}
