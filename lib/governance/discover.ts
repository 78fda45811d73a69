import { type Ctx, can, db, listen, notFound, now, Prisma, type UserActor } from '@/lib/core';
import { heldConditions } from './circumstances';
import { decide, firstEnd } from './decide';
import { decideWith } from './decide-with';
import type { DecisionProduct } from './decision';
import type { EffectivePolicy } from './effective';
import { loadFacts } from './facts';
import { type Hiding, hidingOf } from './hiding';
import { LRU } from './lru';
import { effectivePolicy, policiesOfAll } from './policies';

interface Slice extends Omit<DecisionProduct, 'title'> {
  key: string;
}
interface Entry {
  filter: Prisma.Sql;
  validUntil: number;
}
interface Cache {
  entries: LRU<Entry>;
  generation: number;
  listening?: Promise<unknown>;
}
const store = globalThis as { __portolanDiscoverable?: Cache };
const EVERY = Prisma.sql`true`;
const KEPT_MS = 10_000;

function cache(): Cache {
  store.__portolanDiscoverable ??= { entries: new LRU(500), generation: 0 };
  const held = store.__portolanDiscoverable;
  const drop = () => {
    held.generation += 1;
    held.entries.clear();
  };
  held.listening ??= Promise.all(
    (['portolan_access', 'portolan_product', 'portolan_policy'] as const).map((channel) =>
      listen(channel, drop),
    ),
  );
  return held;
}

/**
 * Which products the actor may find, as an SQL condition on `product p` (drafts aside: who may see one is asked
 * for where they are listed). Products that no policy can tell apart form a slice, and Cedar is asked once a slice: by
 * domain, classification, status and ownership, and by whatever else a policy in force looks at. While none
 * forbids `discover`, the condition is `true`. A slice that appeared since is hidden until it was judged, some seconds later.
 */
export async function discoverable(ctx: Ctx): Promise<Prisma.Sql> {
  const { actor } = ctx;
  if (actor.type === 'system') return EVERY;
  if (actor.type === 'anonymous') return Prisma.sql`false`;
  if (!(await policiesOfAll()).some(({ document }) => document.spec.cedar_policies?.length)) {
    return EVERY;
  }
  const held = cache();
  await held.listening;
  const { generation } = held;
  const domains = await db().domain.findMany({ select: { id: true, name: true } });
  const policies = await Promise.all(domains.map(({ name }) => effectivePolicy(name)));
  const hiding = hidingOf(policies);
  if (!hiding) return EVERY;
  const hidden = domains.filter((_, at) => hidingOf([policies[at]!])).map(({ id }) => id);
  const key = keyOf(ctx, actor, policies, hidden);
  const kept = held.entries.get(key);
  if (kept && kept.validUntil > now().getTime()) return kept.filter;
  const entry = await judge(ctx, actor, hiding, hidden);
  if (held.generation === generation) held.entries.set(key, entry);
  return entry.filter;
}

function keyOf(
  ctx: Ctx,
  actor: UserActor,
  policies: readonly EffectivePolicy[],
  hidden: string[],
): string {
  const holding = policies.flatMap((policy) => {
    if (policy.conditions.length === 0) return [];
    return [heldConditions(policy, { at: now(), ip: ctx.ip })];
  });
  const { id, memberships, token } = actor;
  return JSON.stringify([id, memberships, token?.scopes, ctx.purpose, ctx.ip, holding, hidden]);
}

/** What tells products apart, as one text. Cedar compares texts with `==`, `in` and `like` alone. */
function sliceKey(ctx: Ctx, actor: UserActor, hiding: Hiding): Prisma.Sql {
  const literals = [...hiding.literals, ctx.purpose ?? ''];
  const none = Prisma.sql`''`;
  const personal = hiding.readsPersonalData
    ? Prisma.sql`coalesce(jsonb_path_exists(p.descriptor, '$.spec.schema.**.pii ? (@ == true)')::text, '')`
    : none;
  const grant = hiding.readsGrant
    ? Prisma.sql`coalesce((select string_agg(g.id, ' ') from "grant" g where g."productId" = p.id
        and (g."teamId" = any(${actor.memberships.map((one) => one.domainId)}::text[])
          or (g."subjectId" = ${actor.id} and g."teamId" is null and g."readerId" is null))
        and g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > ${now()})), '')`
    : none;
  const patterns = hiding.patterns.length
    ? Prisma.sql`array(select p.name like one from unnest(${hiding.patterns}::text[]) one)::text`
    : none;
  // Only a text that a policy names makes a difference.
  const named = (text: Prisma.Sql) =>
    Prisma.sql`case when ${text} = any(${literals}::text[]) then ${text} else '' end`;
  const texts = [
    ...[Prisma.sql`p."domainId"`, Prisma.sql`p.classification`, Prisma.sql`p.status`],
    Prisma.sql`(p."ownerId" = ${actor.id})::text`,
    ...[Prisma.sql`p.name`, Prisma.sql`p.id`, Prisma.sql`p."ownerId"`].map(named),
    ...[personal, patterns, grant],
  ];
  return Prisma.sql`(${Prisma.join(texts, ` || ' ' || `)})`;
}

async function judge(
  ctx: Ctx,
  actor: UserActor,
  hiding: Hiding,
  domainIds: string[],
): Promise<Entry> {
  const key = sliceKey(ctx, actor, hiding);
  // One real product stands for its slice.
  const slices = await db().$queryRaw<Slice[]>`
    select s.key, p.id, p.name, p."domainId", d.name as domain, p.classification, p."ownerId", p.status
    from (select ${key} as key, min(p.id) as id from product p
      where p.status <> 'draft' and p."domainId" = any(${domainIds}) group by 1) s
    join product p on p.id = s.id join domain d on d.id = p."domainId"`;
  const seen: string[] = [];
  let validUntil = now().getTime() + KEPT_MS;
  // Together, as facts that are asked for in one turn share a statement.
  const answers = await Promise.all(slices.map((slice) => ask(ctx, actor, slice)));
  for (const [at, { allow, until }] of answers.entries()) {
    if (allow) seen.push(slices[at]!.key);
    validUntil = Math.min(validUntil, until);
  }
  const filter = Prisma.sql`(p."domainId" <> all(${domainIds}::text[]) or ${key} = any(${seen}::text[]))`;
  return { filter, validUntil };
}

async function ask(ctx: Ctx, actor: UserActor, { key: _key, ...product }: Slice) {
  const facts = await loadFacts(actor.id, product.id);
  const role = actor.memberships.find((one) => one.domainId === product.domainId)?.role ?? null;
  const { allow } = decideWith({
    policy: await effectivePolicy(product.domain),
    action: 'discover',
    product,
    person: { id: actor.id, role, scopes: actor.token?.scopes },
    facts,
    purpose: ctx.purpose,
    at: now(),
    ip: ctx.ip,
  });
  return { allow, until: firstEnd(facts.grants) };
}

/** `discoverable`, and the drafts that the actor owns or may operate: what lists of products show. */
export async function visibleProducts(ctx: Ctx): Promise<Prisma.Sql> {
  const { actor } = ctx;
  const found = await discoverable(ctx);
  if (actor.type === 'anonymous') return found;
  if (actor.type === 'system' || can(ctx, 'product.operate', { domainId: '' })) {
    return Prisma.sql`(p.status = 'draft' or ${found})`;
  }
  const operated = actor.memberships
    .map(({ domainId }) => domainId)
    .filter((domainId) => can(ctx, 'product.operate', { domainId }));
  return Prisma.sql`(case when p.status = 'draft'
    then p."ownerId" = ${actor.id} or p."domainId" = any(${operated}::text[]) else ${found} end)`;
}

/** Whether the actor may find one product; a draft is seen by its owner and those who may operate it. */
export async function mayDiscover(ctx: Ctx, product: DecisionProduct): Promise<boolean> {
  if (ctx.actor.type === 'system') return true;
  if (product.status === 'draft') return can(ctx, 'product.operate', product);
  const isAsked = hidingOf([await effectivePolicy(product.domain)]) !== null;
  if (!isAsked) return ctx.actor.type === 'user';
  return (await decide(ctx, { action: 'discover', product })).allow;
}

/**
 * A product that the actor may find: its description is open to everybody who is signed in, unless a policy
 * forbids `discover`; a draft to its owner and those who may operate it.
 * @throws AppError not_found
 */
export async function requireVisibleProduct(ctx: Ctx, productId: string): Promise<DecisionProduct> {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: {
      ...{ id: true, name: true, title: true, domainId: true, classification: true },
      ...{ ownerId: true, status: true, domain: { select: { name: true } } },
    },
  });
  const found = product && { ...product, domain: product.domain.name };
  if (!found || !(await mayDiscover(ctx, found))) throw notFound('This product');
  return found;
}

/** Those of the products that the actor may find: for names that stand beside another product. */
export async function visibleAmong(ctx: Ctx, productIds: readonly string[]): Promise<Set<string>> {
  if (productIds.length === 0) return new Set();
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<{ id: string }[]>`
    select p.id from product p where p.id = any(${productIds}::text[]) and ${visible}`;
  return new Set(rows.map(({ id }) => id));
}
