import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, db, endWithinYear, invalid, newId, now, Prisma, transact } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { PROPERTIES } from '../checks/check';
import { requireManager } from '../custom/input';
import { IS_SCORED } from '../evaluate';
import { checkWords } from '../words';
import { queueCount } from './count';
import type { Goal } from './goal';

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
 * Makes a campaign over the products that are chosen now, as far as its maker may find them. They are counted by a job:
 * then it is open, and their owners are told. @throws AppError forbidden | invalid
 */
export async function makeCampaign(
  ctx: Ctx,
  raw: MakeCampaignInput,
): Promise<{ campaignId: string }> {
  const createdById = requireManager(ctx);
  const { goal: given, domains, products, ...input } = MakeCampaignInput.parse(raw);
  const deadline = requireDeadline(input.deadline);
  const goal: Goal = { target: null, level: null, ...given };
  const chosen = await chosenProducts(ctx, domains, products);
  const asked = await askedOf(given, chosen);
  const campaignId = newId();
  await transact(async (tx) => {
    const { title, words, everyDays } = input;
    const at = now();
    await tx.campaign.create({
      data: {
        ...{ id: campaignId, status: 'beginning', title, words, ...goal, deadline, everyDays },
        ...{ createdById, createdAt: at },
      },
    });
    await tx.campaignProduct.createMany({
      data: asked.map(({ id }) => ({ campaignId, productId: id, isReached: null, since: at })),
    });
    await queueCount(tx, campaignId, createdById);
    audit(tx, ctx, {
      action: 'campaign.create',
      target: { type: 'campaign', id: campaignId },
      detail: {
        ...{ title, ...goal, deadline: deadline.toISOString(), everyDays, domains },
        products: asked.length,
      },
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

/** Those that the goal's check is asked of. @throws AppError invalid, naming `goal.target` */
async function askedOf(
  goal: z.output<typeof CampaignGoal>,
  chosen: readonly Chosen[],
): Promise<readonly Chosen[]> {
  if (goal.kind !== 'check') return chosen;
  const check = (await checkWords()).find(({ id }) => id === goal.target);
  const domain = check?.own?.domain;
  const asked = domain ? chosen.filter(({ address }) => address.startsWith(`${domain}/`)) : chosen;
  if (check && asked.length > 0) return asked;
  const message = check
    ? 'This check is asked of none of these products. Choose others.'
    : `There is no check ${goal.target} in force. Choose one of the list.`;
  throw invalid(message, { 'goal.target': message });
}

interface Chosen {
  id: string;
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
    select p.id, ${address} as address from product p join domain d on d.id = p."domainId"
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
