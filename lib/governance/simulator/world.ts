import { db, now } from '@/lib/core';
import type { DecisionInput } from '../decide-with';
import type { DecisionProduct } from '../decision';
import type { GrantFact } from '../facts';

export interface SimulatedProduct extends Omit<DecisionProduct, 'title'> {
  hasPersonalData: boolean;
}
export interface SimulatedGrant extends GrantFact {
  productId: string;
  subjectId: string;
}
/** Everything that decisions depend on beside the policies, in memory: read once, page by page. */
export interface World {
  products: Map<string, SimulatedProduct>;
  people: Map<string, { isDisabled: boolean; isSteward: boolean; roles: Map<string, string> }>;
  /** By `holder productId`; the holder is a person or a team. */
  grants: Map<string, SimulatedGrant[]>;
}

const PAGE = 5000;

/** Reads a table in the order of its ids, a page at a time. */
async function* paged<Row extends { id: string }>(
  read: (after: string, take: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let after = '';
  for (;;) {
    const rows = await read(after, PAGE);
    yield* rows;
    after = rows.at(-1)?.id ?? '';
    if (rows.length < PAGE) return;
  }
}

const productsAfter = (domainId: string | null) => (after: string, take: number) =>
  db().$queryRaw<(SimulatedProduct & { id: string })[]>`
    select p.id, p.name, p."domainId", d.name as domain, p.classification, p."ownerId", p.status,
      coalesce(jsonb_path_exists(p.descriptor, '$.spec.schema.**.pii ? (@ == true)'), false) as "hasPersonalData"
    from product p join domain d on d.id = p."domainId"
    where p.id > ${after} and p.status <> 'draft' and (${domainId}::text is null or p."domainId" = ${domainId})
    order by p.id limit ${take}`;

export async function loadWorld(domainId: string | null): Promise<World> {
  const world: World = { products: new Map(), people: new Map(), grants: new Map() };
  for await (const product of paged(productsAfter(domainId)))
    world.products.set(product.id, product);
  const people = paged((after, take) =>
    db().user.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take,
      select: { id: true, disabledAt: true, platformRoles: true, memberships: true },
    }),
  );
  for await (const { id, disabledAt, platformRoles, memberships } of people) {
    world.people.set(id, {
      isDisabled: disabledAt !== null,
      isSteward: platformRoles.includes('steward'),
      roles: new Map(memberships.map((one) => [one.domainId, one.role])),
    });
  }
  const at = now();
  const grants = paged((after, take) =>
    db().grant.findMany({
      where: {
        id: { gt: after },
        revokedAt: null,
        readerId: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: at } }],
        ...(domainId && { product: { domainId } }),
      },
      orderBy: { id: 'asc' },
      take,
    }),
  );
  for await (const grant of grants) {
    const { id, productId, subjectId, teamId, permissions, purpose, expiresAt } = grant;
    const key = `${teamId ?? subjectId} ${productId}`;
    // Whether something is decided does not hang on what of the rows is shown.
    const fact = { id, productId, subjectId, permissions, purpose, expiresAt, terms: null };
    world.grants.set(key, [...(world.grants.get(key) ?? []), fact]);
  }
  return world;
}

interface Question {
  actorId: string;
  product: SimulatedProduct;
  action: string;
  purpose?: string | undefined;
  at: Date;
}

/** The input of a decision in this world; null for somebody who is gone. */
export function questionOf(world: World, question: Question): Omit<DecisionInput, 'policy'> | null {
  const { actorId, product, action, purpose, at } = question;
  const person = world.people.get(actorId);
  if (!person) return null;
  const { isDisabled, isSteward, roles } = person;
  const { hasPersonalData } = product;
  const grants = [actorId, ...roles.keys()].flatMap(
    (holder) => world.grants.get(`${holder} ${product.id}`) ?? [],
  );
  return {
    action,
    product,
    person: { id: actorId, role: roles.get(product.domainId) ?? null },
    facts: { isDisabled, isSteward, hasPersonalData, grants },
    purpose,
    at,
  };
}
