import { now, Prisma } from '@/lib/core';

const inForce = () =>
  Prisma.sql`g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > ${now()})`;

/**
 * A query: the ids of everybody who holds a grant of the product that is in force: by themselves, as who answers for
 * a product that reads it, or as a member of a team.
 */
export const holdersOf = (productId: string): Prisma.Sql => Prisma.sql`
  select g."subjectId" from "grant" g where g."productId" = ${productId} and ${inForce()}
  union all
  select m."userId" from "grant" g join membership m on m."domainId" = g."teamId"
  where g."productId" = ${productId} and ${inForce()}`;

/** A query: the ids of every product that the person holds a grant of, in force, in one of these ways. */
export const productsHeldBy = (userId: string): Prisma.Sql => Prisma.sql`
  select g."productId" from "grant" g where g."subjectId" = ${userId} and ${inForce()}
  union
  select g."productId" from membership m join "grant" g on g."teamId" = m."domainId"
  where m."userId" = ${userId} and ${inForce()}`;
