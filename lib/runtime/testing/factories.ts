import { type Ctx, type DomainRole, db, newId, type PlatformRole } from '@/lib/core';

let counter = 0;
function unique(word: string): string {
  counter += 1;
  return `${word}-${counter}`;
}

export async function makeDomain(data: { name?: string; title?: string } = {}) {
  const name = data.name ?? unique('domain');
  return db().domain.create({ data: { id: newId(), name, title: data.title ?? name } });
}

export async function makeUser(
  data: {
    email?: string;
    name?: string;
    platformRoles?: PlatformRole[];
    passwordHash?: string;
  } = {},
) {
  const email = data.email ?? `${unique('person')}@portolan.example`;
  return db().user.create({
    data: { id: newId(), name: email.split('@')[0]!, ...data, email, isSynthetic: true },
  });
}

export async function makeMember(domainId: string, role: DomainRole) {
  const user = await makeUser();
  await db().membership.create({ data: { domainId, userId: user.id, role } });
  return user;
}

/** The context of a request that this person sends now, with the roles they hold now. */
export async function ctxOf(
  user: { id: string },
  token?: { id: string; scopes: string[] },
): Promise<Ctx> {
  const found = await db().user.findUniqueOrThrow({
    where: { id: user.id },
    include: { memberships: { include: { domain: true } } },
  });
  return {
    actor: {
      type: 'user',
      id: found.id,
      email: found.email,
      name: found.name,
      platformRoles: found.platformRoles as PlatformRole[],
      memberships: found.memberships.map((membership) => ({
        domainId: membership.domainId,
        domain: membership.domain.name,
        role: membership.role as DomainRole,
      })),
      ...(token && { token }),
    },
    requestId: newId(),
    via: token ? 'token' : 'session',
  };
}

interface ProductData {
  domainId: string;
  ownerId: string;
  name?: string;
  title?: string;
  description?: string;
  classification?: string;
  status?: string;
  tags?: string[];
  documentation?: string;
  fields?: { name: string; type: string; [key: string]: unknown }[];
}

/** A product row with a valid descriptor, for tests that do not go through the wizard. */
export async function makeProduct(data: ProductData) {
  const { fields = [{ name: 'id', type: 'long' }], ...rest } = data;
  const name = data.name ?? unique('product');
  const domain = await db().domain.findUniqueOrThrow({ where: { id: data.domainId } });
  const description = data.description ?? 'Made by a test.';
  const row = {
    classification: 'internal',
    status: 'production',
    template: 'batch_analytics',
    ...rest,
    name,
    title: data.title ?? name,
    description,
  };
  const descriptor = {
    apiVersion: 'v1',
    kind: 'DataProduct',
    metadata: { name, namespace: `${domain.name}-domain` },
    spec: {
      owner: 'owner@portolan.example',
      version: '1.0.0',
      description,
      schema: fields,
      title: row.title,
      classification: row.classification,
      template: row.template,
    },
  };
  return db().product.create({ data: { id: newId(), ...row, descriptor: descriptor as object } });
}
