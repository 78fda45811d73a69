import { audit } from '@/lib/audit';
import { type Ctx, conflict, db, newId, now, type Tx } from '@/lib/core';
import { effectivePolicy } from '../policies';
import { nameProblem, tagKey } from './input';

export interface ResolvedTags {
  /** As the vocabulary writes them; a retired word is what took its place. */
  tags: string[];
  /** Why they cannot be used, and what to do. */
  problem: string | null;
}

/**
 * Words as tags of a product in a domain. A new word is a proposal, unless a policy there says `approved_only`.
 * @param held what the product carries already, which stays allowed
 */
export async function resolveTags(
  names: readonly string[],
  domain: string,
  held: readonly string[] = [],
): Promise<ResolvedTags> {
  const first = new Map(names.toReversed().map((name) => [tagKey(name), name.trim()]));
  const wanted = [...new Set(names.map(tagKey))].map((key) => [key, first.get(key)!] as const);
  const [known, policy] = await Promise.all([
    db().tag.findMany({
      where: { key: { in: wanted.map(([key]) => key) } },
      include: { replacement: { select: { name: true, state: true } } },
    }),
    effectivePolicy(domain),
  ]);
  const isStrict = policy.tags?.value === 'approved_only';
  const kept = new Set(held.map(tagKey));
  const tags: string[] = [];
  const problems: string[] = [];
  for (const [key, name] of wanted) {
    const row = known.find((one) => one.key === key);
    const used = row?.state === 'retired' ? row.replacement : row;
    if (used) tags.push(used.name);
    else if (!row) tags.push(name);
    const isApproved = used?.state === 'approved' || kept.has(key);
    const problem =
      (!row && nameProblem(name)) ||
      (row && !used && `The tag “${name}” is retired. Leave it out.`) ||
      (isStrict && !isApproved && (await refusal(name, key, row !== undefined)));
    if (problem) problems.push(problem);
  }
  return { tags: [...new Set(tags)], problem: problems.join(' ') || null };
}

/** Words that were tags once as the tags they are now: an address or a saved search finds what it found before. */
export async function currentTags(names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const known = await db().tag.findMany({
    where: { key: { in: names.map(tagKey) } },
    include: { replacement: { select: { name: true } } },
  });
  return names.map((name) => {
    const row = known.find(({ key }) => key === tagKey(name));
    return row?.replacement?.name ?? row?.name ?? name;
  });
}

const NEAR = 0.3;

async function refusal(name: string, key: string, isKnown: boolean): Promise<string> {
  if (isKnown) {
    return `“${name}” waits for a steward’s approval, and a policy allows approved tags only. Leave it out until then.`;
  }
  const near = await db().$queryRaw<{ name: string }[]>`
    select name from tag where state = 'approved' and similarity(key, ${key}) > ${NEAR}
    order by similarity(key, ${key}) desc, key limit 3`;
  const hint =
    near.length > 0
      ? `Near it: ${near.map((one) => one.name).join(', ')}.`
      : 'Ask a steward to add it.';
  return `“${name}” is no approved tag, and a policy allows approved tags only. ${hint}`;
}

/**
 * Puts the words that are new into the vocabulary, as proposed, in the transaction that uses them. A merge waits for
 * that transaction, and then moves what it wrote too.
 * @throws AppError conflict when one was retired since it was resolved
 */
export async function proposeTags(
  tx: Tx,
  ctx: Ctx,
  names: readonly string[],
  domainId: string,
): Promise<void> {
  if (names.length === 0) return;
  const proposerId = ctx.actor.type === 'user' ? ctx.actor.id : null;
  const made = await tx.tag.createManyAndReturn({
    data: [...names]
      .sort()
      .map((name) => ({ id: newId(), key: tagKey(name), name, proposerId, createdAt: now() })),
    skipDuplicates: true,
    select: { id: true, name: true },
  });
  for (const { id, name } of made) {
    audit(tx, ctx, {
      action: 'tag.propose',
      target: { type: 'tag', id },
      domainId,
      detail: { name },
    });
  }
  const held = await tx.$queryRaw<{ name: string }[]>`
    select name from tag where key = any(${names.map(tagKey)}::text[]) and state <> 'retired' order by key for share`;
  const gone = names.find((name) => !held.some((one) => one.name === name));
  if (gone) throw conflict(`The tag “${gone}” was changed meanwhile. Try again.`);
}
