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

export function readCursor(text: string): CursorRow {
  const match = CURSOR.exec(text);
  const at = new Date(Number(match?.[1]));
  if (!match || Number.isNaN(at.getTime())) {
    throw invalid('This page address is not one the log gave out. Start at the first page.', {
      after: 'Unknown page',
    });
  }
  return { at, chain: Number(match[2]), seq: match[3]! };
}

export interface Conditions {
  /** `where …` of what an index answers, or nothing. */
  indexed: string;
  /** What only looking at rows answers; null when there is none. */
  looked: string | null;
  values: unknown[];
}

/** The filter as SQL; conditions suit the indexes on (at, chain, seq), within each month. */
export function conditionsOf(filter: AuditFilter, after?: CursorRow): Conditions {
  const values: unknown[] = [];
  const indexed: string[] = [];
  const looked: string[] = [];
  const add = (to: string[], make: (place: string) => string, value: unknown) => {
    values.push(value);
    to.push(make(`$${values.length}`));
  };
  const is = (column: string) => (p: string) => `${column} = ${p}`;
  if (filter.actor) {
    // A person's rows carry their e-mail address, which never changes.
    const label = (p: string) =>
      `coalesce((select email from "user" where id = ${p}), lower(${p}))`;
    add(indexed, (p) => `"actorLabel" = ${label(p)}`, filter.actor);
  }
  if (filter.action) add(indexed, (p) => `action like ${p}`, `${like(filter.action)}%`);
  if (filter.decision === 'deny') indexed.push(`decision = 'deny'`);
  if (filter.decision === 'allow') looked.push(`decision = 'allow'`);
  if (filter.kind) add(looked, is('kind'), filter.kind);
  if (filter.probes === 'hide') looked.push(`"actorLabel" <> '${PROBE}'`);
  if (filter.productId) add(indexed, is('"productId"'), filter.productId);
  if (filter.domainId) add(indexed, is('"domainId"'), filter.domainId);
  if (filter.product) {
    add(
      indexed,
      (p) => `"productId" = (select p.id from product p join domain d on d.id = p."domainId"
        where d.name = split_part(${p}, '/', 1) and p.name = split_part(${p}, '/', 2))`,
      filter.product,
    );
  }
  if (filter.domain) {
    add(indexed, (p) => `"domainId" = (select id from domain where name = ${p})`, filter.domain);
  }
  if (filter.requestId) add(indexed, is('"requestId"'), filter.requestId);
  if (filter.from) add(indexed, (p) => `at >= ${p}`, filter.from);
  if (filter.to) add(indexed, (p) => `at < ${p}`, filter.to);
  if (filter.text) {
    const anywhere = ['"actorLabel"', 'action', '"targetId"', 'detail::text'];
    const has = (p: string) => anywhere.map((column) => `${column} ilike ${p}`).join(' or ');
    add(looked, (p) => `(${has(p)})`, `%${like(filter.text)}%`);
  }
  if (after) {
    values.push(after.at, after.chain, after.seq);
    const [at, chain, seq] = [2, 1, 0].map((back) => `$${values.length - back}`);
    indexed.push(`at <= ${at} and (at < ${at} or (chain, seq) > (${chain}::int, ${seq}::bigint))`);
  }
  return {
    indexed: indexed.length > 0 ? `where ${indexed.join(' and ')}` : '',
    looked: looked.length > 0 ? looked.join(' and ') : null,
    values,
  };
}
