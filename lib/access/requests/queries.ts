import { z } from 'zod';
import { type Ctx, can, db, notFound } from '@/lib/core';
import { visibleAmong } from '@/lib/governance';
import type { DataProduct, GrantTerms, SchemaField } from '@/lib/specs';
import { type PersonCtx, requirePerson } from './asking';
import { ownersAway } from './deputies';
import { purposesFor, purposeTitle } from './purposes';

export interface ItemRow {
  id: string;
  /** As AccessRequestItem of the schema has it. */
  status: string;
  createdAt: string;
  decidedAt: string | null;
  product: { id: string; title: string; address: string; classification: string };
  requester: { email: string; name: string };
  /** For whom: the person, a team, or a product's address. */
  holder: string;
  purpose: string;
  /** The purpose in words. */
  purposeTitle: string;
  note: string;
  days: number;
  isRenewal: boolean;
}

const include = {
  product: { include: { domain: { select: { name: true } } } },
  request: { include: { requester: { select: { email: true, name: true } } } },
} as const;
const find = (where: object, after: string | undefined) =>
  db().accessRequestItem.findMany({
    where: { AND: [where, ...(after ? [{ id: { lt: after } }] : [])] },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
    include,
  });
type Row = Awaited<ReturnType<typeof find>>[number];
const PAGE = 50;

async function rowsOf(rows: readonly Row[]): Promise<ItemRow[]> {
  const names = await holderNames(rows.map(({ request }) => request));
  return rows.map(({ product, request, ...item }) => ({
    ...{ id: item.id, status: item.status, createdAt: item.createdAt.toISOString() },
    decidedAt: item.decidedAt?.toISOString() ?? null,
    product: {
      ...{ id: product.id, title: product.title, classification: product.classification },
      address: `${product.domain.name}/${product.name}`,
    },
    requester: request.requester,
    holder: names.get(request.teamId ?? request.readerId ?? '') ?? request.requester.name,
    ...{ purpose: request.purpose, note: request.note, days: item.days ?? request.days },
    purposeTitle: purposeTitle(request.purpose),
    isRenewal: request.renewsId !== null,
  }));
}

/** What teams and products that hold grants are called. */
export async function holderNames(
  all: readonly { teamId: string | null; readerId: string | null }[],
): Promise<Map<string, string>> {
  const ids = (key: 'teamId' | 'readerId') => [...new Set(all.flatMap((one) => one[key] ?? []))];
  const [teams, products] = await Promise.all([
    db().domain.findMany({
      where: { id: { in: ids('teamId') } },
      select: { id: true, title: true },
    }),
    db().product.findMany({
      where: { id: { in: ids('readerId') } },
      select: { id: true, name: true, domain: { select: { name: true } } },
    }),
  ]);
  return new Map([
    ...teams.map((one) => [one.id, `Team ${one.title}`] as const),
    ...products.map((one) => [one.id, `Product ${one.domain.name}/${one.name}`] as const),
  ]);
}

export const InboxQuery = z.object({
  state: z.enum(['waiting', 'all']).default('waiting').catch('waiting'),
  after: z.string().max(100).optional(),
});
export type InboxQuery = z.input<typeof InboxQuery>;

async function decidable(ctx: PersonCtx) {
  const { actor } = ctx;
  const domainIds = actor.memberships
    .map(({ domainId }) => domainId)
    .filter((domainId) => can(ctx, 'grant.manage', { domainId }));
  const away = await ownersAway(actor.id);
  return { OR: [{ ownerId: { in: [actor.id, ...away] } }, { domainId: { in: domainIds } }] };
}

/** Requests that the actor decides on: as owner, as data admin of the domain, or in an owner's place. */
export async function accessInbox(
  ctx: Ctx,
  raw: InboxQuery = {},
): Promise<{ items: ItemRow[]; nextPage: string | null }> {
  const person = requirePerson(ctx);
  const { state, after } = InboxQuery.parse(raw);
  const rows = await find(
    {
      product: await decidable(person),
      ...(state === 'waiting' && { status: { in: ['open', 'question'] } }),
    },
    after,
  );
  const page = rows.slice(0, PAGE);
  const nextPage = rows.length > PAGE ? (page.at(-1)?.id ?? null) : null;
  return { items: await rowsOf(page), nextPage };
}

/** What the actor has asked for, newest first. */
export async function myRequests(
  ctx: Ctx,
  raw: { after?: string | undefined } = {},
): Promise<{ items: ItemRow[]; nextPage: string | null }> {
  const { actor } = requirePerson(ctx);
  const rows = await find({ request: { requesterId: actor.id } }, raw.after);
  const page = rows.slice(0, PAGE);
  const nextPage = rows.length > PAGE ? (page.at(-1)?.id ?? null) : null;
  return { items: await rowsOf(page), nextPage };
}

export interface ItemView extends ItemRow {
  canDecide: boolean;
  isMine: boolean;
  terms: GrantTerms | null;
  /** For whoever decides: what can be narrowed. */
  fields: SchemaField[];
  events: { kind: string; at: string; by: string; note: string }[];
}
const MAX_EVENTS = 200;

/** One line of a request with its conversation: for who asked and for who decides. @throws AppError not_found */
export async function getRequestItem(ctx: Ctx, id: string): Promise<ItemView> {
  const person = requirePerson(ctx);
  const isDecidable = await decidable(person);
  const item = await db().accessRequestItem.findFirst({
    where: {
      id,
      OR: [{ product: isDecidable }, { request: { requesterId: person.actor.id } }],
    },
    include: { ...include, events: { orderBy: { at: 'asc' }, take: MAX_EVENTS } },
  });
  if (!item) throw notFound('This request');
  const isMine = item.request.requesterId === person.actor.id;
  const [[row], deciders, authors] = await Promise.all([
    rowsOf([item]),
    db().product.count({ where: { AND: [{ id: item.productId }, isDecidable] } }),
    db().user.findMany({
      where: { id: { in: item.events.flatMap((one) => one.byId ?? []) } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map(authors.map((one) => [one.id, one.name]));
  const canDecide = deciders > 0 && !isMine;
  return {
    ...row!,
    ...{ isMine, canDecide, terms: item.terms as GrantTerms | null },
    fields: canDecide ? (item.product.descriptor as unknown as DataProduct).spec.schema : [],
    events: item.events.map(({ kind, at, byId, note }) => ({
      ...{ kind, note, at: at.toISOString(), by: names.get(byId ?? '') ?? 'Portolan' },
    })),
  };
}

export interface CartView {
  products: { id: string; title: string; address: string; classification: string }[];
  purposes: { value: string; label: string }[];
  teams: { id: string; title: string }[];
  /** Products of the actor's own that can read by a grant. */
  readers: { id: string; address: string }[];
}

/** What the person is about to ask for, and what they choose from. */
export async function accessCart(ctx: Ctx): Promise<CartView> {
  const { actor } = requirePerson(ctx);
  const rows = await db().accessCartItem.findMany({
    where: { userId: actor.id },
    orderBy: { addedAt: 'asc' },
    take: 20,
    include: { product: { include: { domain: { select: { name: true } } } } },
  });
  const visible = await visibleAmong(
    ctx,
    rows.map((row) => row.productId),
  );
  const products = rows.filter(({ productId }) => visible.has(productId));
  const [purposes, teams, readers] = await Promise.all([
    purposesFor(products.map(({ product }) => product.domain.name)),
    db().domain.findMany({
      where: { id: { in: actor.memberships.map((one) => one.domainId) } },
      select: { id: true, title: true },
      orderBy: { title: 'asc' },
    }),
    db().product.findMany({
      where: { ownerId: actor.id, status: { notIn: ['draft', 'retired'] } },
      select: { id: true, name: true, domain: { select: { name: true } } },
      orderBy: { title: 'asc' },
      take: 100,
    }),
  ]);
  return {
    teams,
    purposes: purposes.map((value) => ({ value, label: purposeTitle(value) })),
    products: products.map(({ product }) => ({
      ...{ id: product.id, title: product.title, classification: product.classification },
      address: `${product.domain.name}/${product.name}`,
    })),
    readers: readers.map((one) => ({ id: one.id, address: `${one.domain.name}/${one.name}` })),
  };
}
