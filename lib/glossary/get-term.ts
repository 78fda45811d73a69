import { type Ctx, can, db, notFound } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct, visibleProducts } from '@/lib/governance';
import { mayEdit, termSlug } from './input';

const PAGE = 50;
const SHOWN = 100;

/** A product that holds a term: as a whole, or in columns of its contract. */
export interface TermUse {
  /** `domain/name` */
  address: string;
  title: string;
  status: string;
  isWhole: boolean;
  /** `isGone`: the contract has it no more. */
  columns: { name: string; isGone: boolean }[];
  /** Whether the asker may take the links away. */
  mayUnlink: boolean;
}
export interface TermDetail {
  slug: string;
  name: string;
  definition: string;
  synonyms: string[];
  status: string;
  domain: { name: string; title: string } | null;
  owner: { name: string; email: string };
  approvedBy: string | null;
  approvedAt: string | null;
  rev: number;
  updatedAt: string;
  related: { slug: string; name: string }[];
  uses: TermUse[];
  nextPage: string | null;
  mayEdit: boolean;
  mayApprove: boolean;
  /** Whether they may link products: of some domain, or of their own. */
  mayLink: boolean;
}

/** A term with where it is used, as far as the asker may find it. @throws AppError not_found */
export async function getTerm(ctx: Ctx, term: string, after = ''): Promise<TermDetail> {
  requireSignedIn(ctx, ['catalog:read']);
  const person = { select: { name: true, email: true } };
  const other = { select: { slug: true, name: true } };
  const found = await db().glossaryTerm.findUnique({
    where: { slug: termSlug(term) },
    include: {
      ...{ domain: { select: { name: true, title: true } }, owner: person, approver: person },
      related: { select: { related: other } },
      relates: { select: { term: other } },
    },
  });
  if (!found) throw notFound(`The term ${term}`);
  const uses = await usesOf(ctx, found.id, after);
  const related = [
    ...found.related.map((one) => one.related),
    ...found.relates.map((one) => one.term),
  ];
  const { slug, name, definition, synonyms, status, domain, owner, rev } = found;
  return {
    ...{ slug: slug!, name, definition, synonyms, status, domain, owner, rev },
    approvedBy: found.approver?.name ?? null,
    approvedAt: found.approvedAt?.toISOString() ?? null,
    updatedAt: found.updatedAt.toISOString(),
    related: related
      .flatMap((one) => (one.slug ? [{ slug: one.slug, name: one.name }] : []))
      .sort((a, b) => (a.slug < b.slug ? -1 : 1)),
    uses: uses.slice(0, PAGE),
    nextPage: uses.length > PAGE ? uses[PAGE - 1]!.address : null,
    mayEdit: mayEdit(ctx, found),
    mayApprove: status === 'draft' && can(ctx, 'glossary.approve'),
    mayLink: can(ctx, 'glossary.edit'),
  };
}

type UseRow = Omit<TermUse, 'mayUnlink'> & { domainId: string; ownerId: string };

async function usesOf(ctx: Ctx, termId: string, after: string): Promise<TermUse[]> {
  const visible = await visibleProducts(ctx);
  const rows = await db().$queryRaw<UseRow[]>`
    select d.name || '/' || p.name as address, p.title, p.status, p."domainId", p."ownerId",
      bool_or(l."column" = '') as "isWhole",
      coalesce(jsonb_agg(jsonb_build_object('name', l."column", 'isGone', not coalesce(p.descriptor #> '{spec,schema}'
          @> jsonb_build_array(jsonb_build_object('name', l."column")), false)) order by l."column")
        filter (where l."column" <> ''), '[]') as columns
    from glossary_link l join product p on p.id = l."productId" join domain d on d.id = p."domainId"
    where l."termId" = ${termId} and ${visible} and (d.name || '/' || p.name) collate "C" > ${after}
    group by p.id, d.name order by (d.name || '/' || p.name) collate "C" limit ${PAGE + 1}`;
  return rows.map(({ domainId, ownerId, ...use }) => ({
    ...use,
    mayUnlink: mayEdit(ctx, { domainId, ownerId }),
  }));
}

export interface LinkedTerm {
  slug: string;
  name: string;
  definition: string;
  status: string;
  isWhole: boolean;
  columns: string[];
}
export interface ProductTerms {
  terms: LinkedTerm[];
  mayLink: boolean;
}

/** The terms that a product and its columns are linked to. @throws AppError not_found */
export async function productTerms(ctx: Ctx, productId: string): Promise<ProductTerms> {
  requireSignedIn(ctx, ['catalog:read']);
  const { id, domainId, ownerId } = await requireVisibleProduct(ctx, productId);
  const terms = await db().$queryRaw<LinkedTerm[]>`
    select t.slug, t.name, left(t.definition, 280) as definition, t.status, bool_or(l."column" = '') as "isWhole",
      coalesce(array_agg(l."column" order by l."column") filter (where l."column" <> ''), '{}') as columns
    from glossary_link l join glossary_term t on t.id = l."termId" and t."deletedAt" is null
    where l."productId" = ${id} group by t.id order by t.slug collate "C" limit ${SHOWN}`;
  return { terms, mayLink: mayEdit(ctx, { domainId, ownerId }) };
}
