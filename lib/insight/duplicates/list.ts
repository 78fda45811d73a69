import { z } from 'zod';
import { type Ctx, can, db, Prisma } from '@/lib/core';
import {
  type DecisionProduct,
  mayReadWhole,
  requireSignedIn,
  visibleProducts,
} from '@/lib/governance';
import { line } from '../figures/export';
import { ALIKE, type ColumnMatch, type Similarity } from './similarity';

const PAGE = 20;
/** The most alike of all that may be found. */
const MOST = 100;

export const DuplicatesInput = z.object({
  /** The name of a domain that has one of the two. */
  domain: z.string().max(63).optional(),
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST / PAGE)
    .default(1),
  /** Those that somebody dismissed instead. */
  dismissed: z.stringbool().default(false),
});
export type DuplicatesInput = z.input<typeof DuplicatesInput>;

export interface DuplicateProduct {
  /** `domain/name` */
  address: string;
  title: string;
  domainTitle: string;
  status: string;
}
export interface Duplicate {
  a: DuplicateProduct;
  b: DuplicateProduct;
  /** 0 to 1. By columns alone for who may not read the rows of both. */
  score: number;
  /** Which columns of the two are alike. */
  columns: ColumnMatch[];
  /** The share of values that both hold; null where it was not compared, or the asker may not know. */
  content: number | null;
  foundAt: string;
  mayDismiss: boolean;
  dismissed: { reason: string; by: string | null; at: string } | null;
}

type Held = DecisionProduct & DuplicateProduct;
interface Row extends Pick<Similarity, 'schema' | 'content' | 'score'> {
  reasons: Pick<Similarity, 'columns' | 'named'>;
  foundAt: Date;
  a: Held;
  b: Held;
  reason: string | null;
  by: string | null;
  at: Date | null;
}

const HELD = Prisma.raw(
  `jsonb_build_object('id', p.id, 'name', p.name, 'title', p.title, 'domainId', p."domainId", 'domain', d.name,
    'classification', p.classification, 'ownerId', p."ownerId", 'status', p.status, 'address', d.name || '/' || p.name,
    'domainTitle', d.title)`,
);

/**
 * Products that look like one another, the most alike first, a hundred at most. What is told of values is told to who may
 * read the rows of both; for everybody else two products are as alike as their columns.
 * @throws AppError unauthenticated | forbidden
 */
export async function listDuplicates(
  ctx: Ctx,
  raw: DuplicatesInput = {},
): Promise<{ duplicates: Duplicate[]; total: number; page: number; hasMore: boolean }> {
  const { page } = DuplicatesInput.parse(raw);
  const all = await alikeOf(ctx, raw);
  const from = (page - 1) * PAGE;
  return {
    duplicates: all.slice(from, from + PAGE),
    total: all.length,
    page,
    hasMore: all.length > from + PAGE,
  };
}

/** The same as CSV (RFC 4180), without pages. @throws AppError unauthenticated | forbidden */
export async function duplicatesCsv(
  ctx: Ctx,
  raw: Omit<DuplicatesInput, 'page'> = {},
): Promise<string> {
  const all = await alikeOf(ctx, raw);
  const lines = all.map(({ a, b, score, content, columns, foundAt }) => {
    const named = columns.map((one) => (one.a === one.b ? one.a : `${one.a} = ${one.b}`));
    return line([a.address, b.address, score, content, named.join('; '), foundAt.slice(0, 10)]);
  });
  const head = ['product', 'looks_like', 'score', 'same_values', 'columns', 'found'];
  return [line(head), ...lines].join('');
}

async function alikeOf(ctx: Ctx, raw: DuplicatesInput): Promise<Duplicate[]> {
  requireSignedIn(ctx, ['catalog:read']);
  const { domain, dismissed } = DuplicatesInput.parse(raw);
  const found = await pairs(await visibleProducts(ctx), domain, dismissed);
  const readable = await readableAmong(ctx, found);
  return found
    .map((row) => toldOf(ctx, row, readable.has(row.a.id) && readable.has(row.b.id)))
    .filter(({ score }) => score >= ALIKE)
    .sort((x, y) => y.score - x.score);
}

function pairs(visible: Prisma.Sql, domain: string | undefined, dismissed: boolean) {
  const side = (
    id: Prisma.Sql,
  ) => Prisma.sql`cross join lateral (select ${HELD} as held from product p
    join domain d on d.id = p."domainId" where p.id = ${id} and p.status <> 'retired' and ${visible})`;
  return db().$queryRaw<Row[]>`
    select x.schema, x.content, x.score, x.reasons, x."foundAt", a.held as a, b.held as b, n.reason, u.name as by, n.at
    from duplicate_pair x ${side(Prisma.sql`x."aId"`)} a ${side(Prisma.sql`x."bId"`)} b
    left join duplicate_dismissal n on n."aId" = x."aId" and n."bId" = x."bId"
    left join "user" u on u.id = n."byId"
    where (n."aId" is not null) = ${dismissed}
      and (${domain ?? null}::text is null or ${domain ?? null} in (a.held ->> 'domain', b.held ->> 'domain'))
    order by greatest(x.score, x.schema) desc, x."aId", x."bId" limit ${MOST}`;
}

async function readableAmong(ctx: Ctx, rows: readonly Row[]): Promise<Set<string>> {
  const products = new Map(rows.flatMap(({ a, b }) => [a, b]).map((one) => [one.id, one]));
  const answers = await Promise.all(
    [...products.values()].map(async (one) => ((await mayReadWhole(ctx, one)) ? [one.id] : [])),
  );
  return new Set(answers.flat());
}

function toldOf(ctx: Ctx, row: Row, mayRead: boolean): Duplicate {
  const { a, b, reason, by, at } = row;
  const shown = ({ address, title, domainTitle, status }: Held) => ({
    ...{ address, title, domainTitle, status },
  });
  return {
    ...{ a: shown(a), b: shown(b) },
    score: mayRead ? row.score : row.schema,
    content: mayRead ? row.content : null,
    columns: mayRead ? row.reasons.columns : row.reasons.named,
    foundAt: row.foundAt.toISOString(),
    mayDismiss: [a, b].some((one) => can(ctx, 'duplicate.dismiss', one)),
    dismissed: at && { reason: reason ?? '', by, at: at.toISOString() },
  };
}
