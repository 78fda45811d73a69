import { type Ctx, can, db } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import type { Property } from '../checks/check';

export interface CustomCheckRow {
  name: string;
  domain: string | null;
  title: string;
  words: string;
  property: Property;
  level: number;
  expression: string;
  nextStep: string;
  rev: number;
  isArchived: boolean;
  /** Its wordings, newest first. */
  versions: {
    rev: number;
    at: string;
    by: string | null;
    isArchived: boolean;
    expression: string;
  }[];
}

const SHOWN = 200;
const VERSIONS = 20;

/** Checks that stewards wrote, those in force first. @throws AppError unauthenticated | forbidden */
export async function listCustomChecks(
  ctx: Ctx,
): Promise<{ items: CustomCheckRow[]; mayManage: boolean }> {
  requireSignedIn(ctx, ['catalog:read', 'governance:read']);
  const rows = await db().customCheck.findMany({
    orderBy: [{ archivedAt: { sort: 'asc', nulls: 'first' } }, { title: 'asc' }],
    take: SHOWN,
    include: {
      domain: { select: { name: true } },
      versions: {
        orderBy: { rev: 'desc' },
        take: VERSIONS,
        include: { author: { select: { name: true } } },
      },
    },
  });
  const items = rows.map(
    ({ id: _, domainId: __, createdAt: ___, archivedAt, domain, versions, property, ...row }) => ({
      ...{ ...row, property: property as Property, domain: domain?.name ?? null },
      isArchived: archivedAt !== null,
      versions: versions.map(({ rev, at, author, isArchived, expression }) => ({
        ...{ rev, at: at.toISOString(), by: author?.name ?? null, isArchived, expression },
      })),
    }),
  );
  return { items, mayManage: can(ctx, 'scorecard.manage') };
}
