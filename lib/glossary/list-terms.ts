import { z } from 'zod';
import { type Ctx, db, Prisma } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';
import { mayEdit } from './input';

const PAGE = 50;

export const TermFilter = z.object({
  /** Part of a name, a synonym or a definition. */
  q: z.string().trim().max(200).optional(),
  /** What names begin with; `#` for everything else. */
  letter: z
    .string()
    .regex(/^[a-z#]$/, 'Use a letter from a to z, or #')
    .optional(),
  status: z.enum(['draft', 'approved']).optional(),
  /** The slug that the page before ended with. */
  after: z.string().max(100).optional(),
});
export type TermFilter = z.input<typeof TermFilter>;

export interface TermRow {
  slug: string;
  name: string;
  /** Its beginning, where it is long. */
  definition: string;
  synonyms: string[];
  status: string;
  domainTitle: string | null;
  /** How many products hold it that the asker may find. */
  products: number;
}
export interface TermPage {
  items: TermRow[];
  nextPage: string | null;
  /** How many terms each letter has, of those that the words and the state leave. */
  letters: Record<string, number>;
}

const LETTER = Prisma.sql`case when t.slug collate "C" ~ '^[a-z]' then left(t.slug, 1) else '#' end`;

/** The glossary in the order of the alphabet. */
export async function listTerms(ctx: Ctx, raw: TermFilter): Promise<TermPage> {
  requireSignedIn(ctx, ['catalog:read']);
  const { q, letter, status, after } = TermFilter.parse(raw);
  const visible = await visibleProducts(ctx);
  const left = Prisma.sql`t."deletedAt" is null
    and ${q ? Prisma.sql`position(lower(${q}) in lower(concat_ws(' ', t.name, array_to_string(t.synonyms, ' '), t.definition))) > 0` : Prisma.sql`true`}
    and ${status ? Prisma.sql`t.status = ${status}` : Prisma.sql`true`}`;
  const [rows, counts] = await Promise.all([
    db().$queryRaw<TermRow[]>`
      select t.slug, t.name, t.synonyms, t.status, d.title as "domainTitle",
        case when length(t.definition) > 280 then left(t.definition, 280) || ' …' else t.definition end as definition,
        (select count(distinct p.id)::int from glossary_link l join product p on p.id = l."productId"
          where l."termId" = t.id and ${visible}) as products
      from glossary_term t left join domain d on d.id = t."domainId"
      where ${left} and ${letter ? Prisma.sql`${LETTER} = ${letter}` : Prisma.sql`true`}
        and t.slug collate "C" > ${after ?? ''}
      order by t.slug collate "C" limit ${PAGE + 1}`,
    db().$queryRaw<{ letter: string; count: number }[]>`
      select ${LETTER} as letter, count(*)::int as count from glossary_term t where ${left} group by 1 order by 1`,
  ]);
  const items = rows.slice(0, PAGE);
  return {
    items,
    nextPage: rows.length > PAGE ? items.at(-1)!.slug : null,
    letters: Object.fromEntries(counts.map((one) => [one.letter, one.count])),
  };
}

export interface TermPlaces {
  /** Domains whose terms the asker may write. */
  domains: { name: string; title: string }[];
  /** Whether they may write terms of the mesh. */
  isMeshWide: boolean;
}

/** Where the asker may write terms. */
export async function termPlaces(ctx: Ctx): Promise<TermPlaces> {
  requireSignedIn(ctx, ['catalog:read']);
  const domains = await db().domain.findMany({
    where: { archivedAt: null },
    select: { id: true, name: true, title: true },
    orderBy: { title: 'asc' },
  });
  return {
    domains: domains
      .filter(({ id }) => mayEdit(ctx, { domainId: id }))
      .map(({ name, title }) => ({ name, title })),
    isMeshWide: mayEdit(ctx, { domainId: null }),
  };
}
