import { z } from 'zod';

/** Lists go on where the page before ended. */
export const CommunityPage = z.object({ after: z.string().max(100).optional() });
export type CommunityPage = z.input<typeof CommunityPage>;

const SIZE = 20;

/** Which rows a page asks for: one more than it shows. Ids grow with time. */
export const pageOf = (after: string | undefined) => ({
  where: after ? { id: { lt: after } } : {},
  orderBy: { id: 'desc' } as const,
  take: SIZE + 1,
});

export interface Paged<Row> {
  items: Row[];
  nextPage: string | null;
}

export function paged<Found extends { id: string }, Row>(
  rows: readonly Found[],
  toRow: (row: Found) => Row,
): Paged<Row> {
  const page = rows.slice(0, SIZE);
  return {
    items: page.map(toRow),
    nextPage: rows.length > SIZE ? (page.at(-1)?.id ?? null) : null,
  };
}
