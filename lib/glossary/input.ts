import { z } from 'zod';
import { AppError, type Ctx, can, conflict, invalid, requireCan, type Tx } from '@/lib/core';
import { textOf } from '@/lib/specs';

export const MAX_SYNONYMS = 20;
export const MAX_LINKS = 500;

/** A name's place in addresses and in the alphabet: `Net revenue` is `net-revenue`. */
export function termSlug(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}

/** Stands in a line, and shows what it is. */
const wordOf = (least: number, ask: string) =>
  textOf(80, least, ask).transform((text) => text.replace(/\s+/g, ' '));
const word = wordOf(0, '');

/** Each once, however it is capitalised. */
const Synonyms = z
  .array(word)
  .max(MAX_SYNONYMS, `Give at most ${MAX_SYNONYMS} synonyms`)
  .transform((words) => [
    ...new Map(words.filter(Boolean).map((one) => [one.toLowerCase(), one])).values(),
  ]);

/** What is written about a term. */
export const TermFields = z.object({
  name: wordOf(2, 'Use at least 2 characters').refine(
    (name) => termSlug(name),
    'Use letters or numbers',
  ),
  definition: textOf(4000, 10, 'Say in a sentence what it means'),
  synonyms: Synonyms.default([]),
  /** A domain's name; null: the whole mesh means the same by it. */
  domain: z.string().max(63).nullable().default(null),
  /** An e-mail address; without it, whoever writes the term owns it. */
  owner: z.string().trim().max(200).optional(),
  /** Names or slugs of other terms. */
  related: z.array(word).max(20, 'Relate at most 20 terms').default([]),
});

export interface Place {
  domainId: string | null;
  ownerId?: string;
}

/** The mesh is no domain: only stewards write its terms, and whoever owns one. */
const scopeOf = ({ domainId, ownerId }: Place) => ({ domainId: domainId ?? '', ownerId });
export const mayEdit = (ctx: Ctx, place: Place): boolean =>
  can(ctx, 'glossary.edit', scopeOf(place));
export const requireEditor = (ctx: Ctx, place: Place): void =>
  requireCan(ctx, 'glossary.edit', scopeOf(place));

export function writerOf(ctx: Ctx): string {
  if (ctx.actor.type === 'user') return ctx.actor.id;
  throw new AppError('unauthenticated', 'Sign in as a person to do this.');
}

/** The rows that a term's fields name. @throws AppError invalid, naming the field */
export async function namedBy(
  tx: Tx,
  { domain, owner, related }: z.output<typeof TermFields>,
  writerId: string,
): Promise<{ domainId: string | null; ownerId: string; relatedIds: string[] }> {
  const slugs = [...new Set(related.map(termSlug).filter(Boolean))];
  const place = domain && (await tx.domain.findUnique({ where: { name: domain } }));
  const person = owner && (await tx.user.findUnique({ where: { email: owner.toLowerCase() } }));
  const terms = await tx.glossaryTerm.findMany({
    where: { slug: { in: slugs } },
    select: { id: true, slug: true },
  });
  const missing = slugs.find((slug) => !terms.some((term) => term.slug === slug));
  const wrong = (field: string, message: string) => invalid(message, { [field]: message });
  if (domain && (!place || place.archivedAt))
    throw wrong('domain', `There is no domain ${domain}.`);
  if (owner && (!person || person.disabledAt))
    throw wrong('owner', `Nobody here has the address ${owner}.`);
  if (missing) throw wrong('related', `There is no term ${missing}. Write it first.`);
  return {
    domainId: place ? place.id : null,
    ownerId: person ? person.id : writerId,
    relatedIds: terms.map(({ id }) => id),
  };
}

/** Says anew which terms a term is read with. */
export async function relate(tx: Tx, termId: string, relatedIds: string[]): Promise<void> {
  await tx.glossaryRelation.deleteMany({ where: { OR: [{ termId }, { relatedId: termId }] } });
  const pairs = relatedIds
    .filter((id) => id !== termId)
    .map((id) => (id < termId ? [id, termId] : [termId, id]) as [string, string]);
  await tx.glossaryRelation.createMany({
    data: pairs.map(([first, second]) => ({ termId: first, relatedId: second })),
  });
}

export const slugTaken = (name: string) =>
  conflict(`The glossary has a term “${name}” already.`, {
    fields: { name: 'The glossary has this term already. Open it, or choose another name.' },
  });
export const movedOn = () =>
  conflict('Somebody changed this term in the meantime. Reload the page and look again.');
