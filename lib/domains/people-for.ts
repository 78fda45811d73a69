import { db } from '@/lib/core';

/** People who may take something on: the product's owner, who works in its domain, and the stewards. */
export async function peopleFor({
  domainId,
  ownerId,
}: {
  domainId: string | null;
  ownerId: string | null;
}): Promise<{ id: string; email: string; name: string }[]> {
  return db().user.findMany({
    where: {
      disabledAt: null,
      OR: [
        { id: ownerId ?? '' },
        { platformRoles: { has: 'steward' } },
        {
          memberships: {
            some: { domainId: domainId ?? '', role: { in: ['data_producer', 'data_admin'] } },
          },
        },
      ],
    },
    orderBy: { email: 'asc' },
    take: 200,
    select: { id: true, email: true, name: true },
  });
}

/** The addresses of people, by id. */
export async function emailsOf(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.flatMap((id) => id ?? []))];
  if (known.length === 0) return new Map();
  const people = await db().user.findMany({
    where: { id: { in: known } },
    select: { id: true, email: true },
  });
  return new Map(people.map((one) => [one.id, one.email]));
}
