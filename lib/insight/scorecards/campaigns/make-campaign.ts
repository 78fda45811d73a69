import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  db,
  endWithinYear,
  invalid,
  newId,
  now,
  Prisma,
  type Tx,
  transact,
} from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { PROPERTIES } from '../checks/check';
import { requireManager } from '../custom/input';
import { ownTitles } from '../custom/titles';
import { IS_SCORED } from '../evaluate';
import { recordSome } from '../record';
import { checkWords } from '../words';
import { type Goal, goalWords, isReached } from './goal';

export const RHYTHMS = [3, 7, 14, 30] as const;
export const MAX_PRODUCTS = 10_000;
const level = z.number('Choose a level').int().min(1, 'Choose a level').max(3, 'Choose a level');

export const CampaignGoal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('check'),
    target: z.string('Choose a check').min(1, 'Choose a check').max(63),
  }),
  z.object({ kind: z.literal('property'), target: z.enum(PROPERTIES, 'Choose a property'), level }),
  z.object({ kind: z.literal('level'), level }),
]);

export const MakeCampaignInput = z.object({
  title: z
    .string()
    .trim()
    .min(3, 'Use at least 3 characters')
    .max(100, 'Use at most 100 characters')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use printable characters only, in one line'),
  /** Why it matters. */
  words: z.string().trim().max(1000, 'Use at most 1,000 characters').default(''),
  goal: CampaignGoal,
  /** Names of domains; with no product either, the whole mesh. */
  domains: z.array(z.string().min(1).max(63)).max(100).default([]),
  /** Single products, as `domain/name`. */
  products: z.array(z.string().min(3).max(128)).max(500).default([]),
  /** A day within a year, `2026-12-31`; it counts to its end. */
  deadline: z.iso.date('Choose a day'),
  /** Owners are reminded every so many days. */
  everyDays: z.literal(RHYTHMS, 'Choose how often owners are reminded').default(7),
});
export type MakeCampaignInput = z.input<typeof MakeCampaignInput>;

/**
 * Makes a campaign over the products that are chosen now, as far as its maker may find them, and tells their owners.
 * @throws AppError forbidden | invalid
 */
export async function makeCampaign(
  ctx: Ctx,
  raw: MakeCampaignInput,
): Promise<{ campaignId: string }> {
  const createdById = requireManager(ctx);
  const { goal: given, domains, products, ...input } = MakeCampaignInput.parse(raw);
  const deadline = requireDeadline(input.deadline);
  await requireCheck(given);
  const goal: Goal = { target: null, level: null, ...given };
  const chosen = await chosenProducts(ctx, domains, products);
  const ids = chosen.map(({ id }) => id);
  // It begins with what is so now, and not with what was so some minutes ago.
  await recordSome(ids);
  const campaignId = newId();
  await transact(async (tx) => {
    const { title, words, everyDays } = input;
    await tx.campaign.create({
      data: {
        id: campaignId,
        title,
        words,
        ...goal,
        deadline,
        everyDays,
        createdById,
        createdAt: now(),
      },
    });
    const left = await begin(tx, campaignId, goal, ids);
    audit(tx, ctx, {
      action: 'campaign.create',
      target: { type: 'campaign', id: campaignId },
      detail: {
        title,
        ...goal,
        deadline: deadline.toISOString(),
        everyDays,
        domains,
        products: ids.length,
      },
    });
    const owners = new Set(chosen.filter(({ id }) => left.has(id)).map(({ ownerId }) => ownerId));
    await raiseAlert(tx, {
      kind: 'campaign.started',
      level: 'info',
      title: `Campaign: ${title}`,
      body: `${goalWords(goal, await ownTitles([goal]))}, until ${input.deadline}. ${words}`.trim(),
      href: `/insight/campaigns/${campaignId}`,
      to: { userIds: [...owners] },
      dedupeKey: `campaign.started:${campaignId}`,
      data: { campaignId, products: ids.length },
    });
  });
  return { campaignId };
}

/** @throws AppError invalid, naming `deadline` */
function requireDeadline(day: string): Date {
  try {
    return endWithinYear(day);
  } catch {
    const message = 'Choose a day from today on, within a year.';
    throw invalid(message, { deadline: message });
  }
}

async function requireCheck(goal: z.output<typeof CampaignGoal>): Promise<void> {
  if (goal.kind !== 'check') return;
  if ((await checkWords()).some(({ id }) => id === goal.target)) return;
  const message = `There is no check ${goal.target} in force. Choose one of the list.`;
  throw invalid(message, { 'goal.target': message });
}

interface Chosen {
  id: string;
  ownerId: string;
  address: string;
}

/** @throws AppError invalid, naming `domains` or `products` */
async function chosenProducts(ctx: Ctx, domains: string[], products: string[]): Promise<Chosen[]> {
  const known = await db().domain.findMany({
    where: { name: { in: domains } },
    select: { name: true },
  });
  const strange = domains.find((name) => !known.some((one) => one.name === name));
  if (strange) {
    const message = `There is no domain ${strange}. Choose one of the list.`;
    throw invalid(message, { domains: message });
  }
  const address = Prisma.sql`d.name || '/' || p.name`;
  const isWhole = domains.length + products.length === 0;
  const rows = await db().$queryRaw<Chosen[]>`
    select p.id, p."ownerId", ${address} as address from product p join domain d on d.id = p."domainId"
    where ${IS_SCORED} and ${await visibleProducts(ctx)}
      and (${isWhole} or d.name = any(${domains}::text[]) or ${address} = any(${products}::text[]))
    order by p.id limit ${MAX_PRODUCTS + 1}`;
  const found = new Set(rows.map((row) => row.address));
  const missing = products.find((one) => !found.has(one));
  const message = missing
    ? `There is no product ${missing} that has a scorecard. Write domain/name, such as sales/orders.`
    : rows.length === 0
      ? 'There is no product in this selection. Choose other domains or products.'
      : rows.length > MAX_PRODUCTS
        ? `A campaign holds at most ${MAX_PRODUCTS.toLocaleString('en')} products. Choose domains.`
        : null;
  if (message) throw invalid(message, { [missing ? 'products' : 'domains']: message });
  return rows;
}

/** Where each product begins. @returns those that are not there yet */
async function begin(tx: Tx, campaignId: string, goal: Goal, ids: string[]): Promise<Set<string>> {
  // The recorder holds this lock: a scorecard cannot change between the look and the row.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('scorecards'))`;
  const cards = await tx.scorecard.findMany({ where: { productId: { in: ids } } });
  const at = now();
  const rows = cards.flatMap(({ productId, ...card }) => {
    const reached = isReached(goal, card as unknown as Parameters<typeof isReached>[1]);
    return reached === null ? [] : [{ campaignId, productId, isReached: reached }];
  });
  if (rows.length === 0) {
    const message = 'This check is asked of none of these products. Choose others.';
    throw invalid(message, { 'goal.target': message });
  }
  await tx.campaignProduct.createMany({ data: rows.map((row) => ({ ...row, since: at })) });
  await tx.campaignEvent.createMany({ data: rows.map((row) => ({ ...row, at, before: null })) });
  return new Set(rows.filter((row) => !row.isReached).map(({ productId }) => productId));
}
