import { db } from '@/lib/core';
import type { Goal } from '../campaigns/goal';

/** The titles of stewards' own checks that goals name, archived ones too. */
export async function ownTitles(goals: readonly Goal[]): Promise<Map<string, string>> {
  const names = goals.flatMap(({ kind, target }) => (kind === 'check' && target ? [target] : []));
  if (names.length === 0) return new Map();
  const rows = await db().customCheck.findMany({
    where: { name: { in: names } },
    select: { name: true, title: true },
  });
  return new Map(rows.map(({ name, title }) => [name, title]));
}
