import { type Ctx, db, newId, notify, pool, systemCtx, transact, type UserActor } from '@/lib/core';
import { type DecisionProduct, seedPolicies } from '@/lib/governance';
import { ctxOf, makeDomain, makeMember, makeProduct } from '@/lib/runtime/testing/factories';

/** As many people as products; each person holds a grant for every tenth product: 100,000 grants. */
const PEOPLE = 1000;
const PRODUCTS = 1000;
/** A policy document holds at most so many Cedar policies. */
const PER_DOCUMENT = 200;

export interface World {
  owner: Ctx;
  readers: Ctx[];
  products: DecisionProduct[];
}

const PEOPLE_SQL = `insert into "user" (id, email, name, "isSynthetic")
  select 'person-' || i, 'reader-' || i || '@portolan.example', 'Person ' || i, true
  from generate_series(0, ${PEOPLE - 1}) i`;
/** A third are consumers, a third producers, a third have no role in the domain. */
const MEMBERS_SQL = `insert into membership ("userId", "domainId", role)
  select 'person-' || i, $1, (array['data_consumer', 'data_producer'])[i % 3 + 1]
  from generate_series(0, ${PEOPLE - 1}) i where i % 3 < 2`;
const PRODUCTS_SQL = `insert into product (id, "domainId", name, title, description, "ownerId",
    classification, status, template, descriptor, "updatedAt")
  select 'product-' || i, "domainId", 'product-' || i, 'Product ' || i, description, "ownerId",
    (array['public', 'internal', 'confidential', 'restricted'])[i % 4 + 1], status, template, descriptor, now()
  from product, generate_series(0, ${PRODUCTS - 1}) i where id = $1`;
const GRANTS_SQL = `insert into "grant" (id, "productId", "subjectId", purpose, "grantedById")
  select 'grant-' || u || '-' || p, 'product-' || p, 'person-' || u, 'A study', $1
  from generate_series(0, ${PEOPLE - 1}) u, generate_series(0, ${PRODUCTS - 1}) p where u % 10 = p % 10`;

export async function makeWorld(): Promise<World> {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('bench'));
  const owner = await makeMember(domain.id, 'data_admin');
  const fields = Array.from({ length: 30 }, (_, at) => ({ name: `column_${at}`, type: 'string' }));
  const model = await makeProduct({
    domainId: domain.id,
    ownerId: owner.id,
    name: 'model',
    fields,
  });
  await pool().query(PEOPLE_SQL);
  await pool().query(MEMBERS_SQL, [domain.id]);
  await pool().query(PRODUCTS_SQL, [model.id]);
  await pool().query(GRANTS_SQL, [owner.id]);
  await pool()
    .query('vacuum analyze')
    .catch(() => pool().query('analyze "grant"'));
  const people = await db().user.findMany({
    where: { id: { startsWith: 'person-' } },
    include: { memberships: true },
  });
  const readers = people.map(({ id, email, name, memberships }): Ctx => {
    const held = memberships.map(({ role }) => ({ domainId: domain.id, domain: 'sales', role }));
    const actor = { type: 'user', id, email, name, platformRoles: [], memberships: held };
    return { actor: actor as UserActor, requestId: newId(), via: 'session' };
  });
  const rows = await db().product.findMany({ where: { id: { startsWith: 'product-' } } });
  const products = rows.map((row) => ({ ...row, domain: 'sales' }));
  return { owner: await ctxOf(owner), readers, products };
}

/** What stewards write: about one product, one person, a role, and about any product by its attributes. */
const KINDS: ((at: number) => string)[] = [
  (at) => `forbid (principal, action == Action::"read", resource == Product::"product-${at}")
    unless { context has grant || (context has purpose && context.purpose == "study ${at}") };`,
  (
    at,
  ) => `permit (principal == User::"person-${at}", action == Action::"read", resource in Domain::"d-${at}")
    when { resource.classification == "confidential" };`,
  (
    at,
  ) => `forbid (principal in Role::"data_consumer", action in [Action::"write", Action::"manage"], resource)
    when { resource.name == "product-${at}" };`,
  (at) => `forbid (principal is User, action == Action::"read", resource)
    when { resource.name like "*-sealed-${at}" && !principal.isSteward };`,
];

/** Puts so many Cedar policies in force in every domain, a quarter of each kind. */
export async function setPolicies(count: number): Promise<void> {
  const policies = Array.from({ length: count }, (_, at) => ({
    id: `own-${at}`,
    policy: KINDS[at % KINDS.length]!(at),
  }));
  await transact(async (tx) => {
    await tx.policyDocument.updateMany({
      where: { name: { startsWith: 'stewards-' } },
      data: { stage: 'superseded' },
    });
    for (let from = 0; from < count; from += PER_DOCUMENT) {
      const name = `stewards-${count}-${from}`;
      const document = {
        ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name } },
        spec: { cedar_policies: policies.slice(from, from + PER_DOCUMENT) },
      };
      const facts = { id: newId(), name, version: 1, stage: 'enforced', document };
      await tx.policyDocument.create({ data: { ...facts, yaml: JSON.stringify(document) } });
    }
    await notify(tx, 'portolan_policy', 'bench');
  });
}
