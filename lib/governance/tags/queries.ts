import { z } from 'zod';
import { type Ctx, can, db, Prisma } from '@/lib/core';
import { requireVisibleProduct, visibleProducts } from '../discover';
import { requireSignedIn } from '../require-signed-in';
import { tagKey } from './input';

const PAGE = 50;
const NEAR = 0.3;
const SUGGESTED = 8;

export const TAG_STATES = ['proposed', 'approved', 'retired'] as const;
export type TagState = (typeof TAG_STATES)[number];
export const TagFilter = z.object({
  /** Part of a name, a description or a category; or a name with a typing error. */
  q: z.string().trim().max(100).optional(),
  state: z.enum(TAG_STATES).optional(),
  /** What `nextPage` of the page before said. */
  after: z.string().max(100).optional(),
});
export type TagFilter = z.input<typeof TagFilter>;

export interface TagRow {
  name: string;
  description: string;
  category: string;
  state: TagState;
  owner: { name: string; email: string } | null;
  /** Of a retired one: what stands in its place. */
  replacement: string | null;
  rev: number;
  /** Products that carry it, of those the asker may find. */
  products: number;
}
export interface TagPage {
  items: TagRow[];
  nextPage: string | null;
  /** How many there are in each state, of those that the words leave. */
  counts: Record<TagState, number>;
  mayManage: boolean;
}

const carrying = (visible: Prisma.Sql) =>
  Prisma.sql`from product p where p.tags @> array[t.name] and p.status <> 'retired' and ${visible}`;

/** A word that nobody approved is told where a product shows it already; stewards see all. */
function seenBy(ctx: Ctx, visible: Prisma.Sql): Prisma.Sql {
  if (can(ctx, 'tag.manage')) return Prisma.sql`true`;
  const me = ctx.actor.type === 'user' ? ctx.actor.id : '';
  return Prisma.sql`(t.state = 'approved' or (t.state = 'proposed'
    and (t."proposerId" = ${me} or exists (select ${carrying(visible)}))))`;
}

const like = (
  q: string,
) => Prisma.sql`(position(${tagKey(q)} in lower(concat_ws(' ', t.key, t.category, t.description))) > 0
  or similarity(t.key, ${tagKey(q)}) > ${NEAR})`;

/** The vocabulary by the alphabet. */
export async function listTags(ctx: Ctx, raw: TagFilter): Promise<TagPage> {
  requireSignedIn(ctx, ['catalog:read']);
  const { q, state, after } = TagFilter.parse(raw);
  const visible = await visibleProducts(ctx);
  const left = Prisma.sql`${seenBy(ctx, visible)} and ${q ? like(q) : Prisma.sql`true`}`;
  const [rows, counted] = await Promise.all([
    db().$queryRaw<(TagRow & { key: string })[]>`
      select t.key, t.name, t.description, t.category, t.state, t.rev, r.name as replacement,
        case when o.id is null then null else jsonb_build_object('name', o.name, 'email', o.email) end as owner,
        (select count(*)::int ${carrying(visible)}) as products
      from tag t left join "user" o on o.id = t."ownerId" left join tag r on r.id = t."replacementId"
      where ${left} and ${state ? Prisma.sql`t.state = ${state}` : Prisma.sql`true`}
        and t.key collate "C" > ${after ?? ''}
      order by t.key collate "C" limit ${PAGE + 1}`,
    db().$queryRaw<{ state: TagState; count: number }[]>`
      select t.state, count(*)::int as count from tag t where ${left} group by 1`,
  ]);
  const items = rows.slice(0, PAGE);
  return {
    items: items.map(({ key: _, ...row }) => row),
    nextPage: rows.length > PAGE ? items.at(-1)!.key : null,
    counts: {
      ...{ proposed: 0, approved: 0, retired: 0 },
      ...Object.fromEntries(counted.map((one) => [one.state, one.count])),
    },
    mayManage: can(ctx, 'tag.manage'),
  };
}

export interface SuggestedTag {
  name: string;
  state: TagState;
  description: string;
}

/** Tags that are meant, perhaps, by what has been typed so far: approved ones first. */
export async function suggestTags(ctx: Ctx, text: string): Promise<SuggestedTag[]> {
  requireSignedIn(ctx, ['catalog:read']);
  const key = tagKey(text.replaceAll('\0', ' ').slice(0, 100));
  const visible = await visibleProducts(ctx);
  return db().$queryRaw<SuggestedTag[]>`
    select t.name, t.state, t.description from tag t
    where t.state <> 'retired' and ${seenBy(ctx, visible)}
      and (position(${key} in t.key) > 0 or similarity(t.key, ${key}) > ${NEAR})
    order by starts_with(t.key, ${key}) desc, position(${key} in t.key) > 0 desc, t.state = 'approved' desc,
      similarity(t.key, ${key}) desc, t.key limit ${SUGGESTED}`;
}

/** The tags that a product carries, in its order. @throws AppError not_found */
export async function productTags(ctx: Ctx, productId: string): Promise<SuggestedTag[]> {
  requireSignedIn(ctx, ['catalog:read']);
  const { id } = await requireVisibleProduct(ctx, productId);
  return db().$queryRaw<SuggestedTag[]>`
    select w.name, coalesce(t.state, 'proposed') as state, coalesce(t.description, '') as description
    from product p, unnest(p.tags) with ordinality w(name, place) left join tag t on t.name = w.name
    where p.id = ${id} order by w.place`;
}
