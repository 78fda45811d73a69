import { type Ctx, db, notFound } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { type CampaignPart, campaignsOfProduct } from './campaigns/of-product';
import { type Level, PROPERTIES, PROPERTY_WORDS, type Property } from './checks/check';
import { judgeProducts } from './evaluate';
import { nextSteps, type State } from './levels';
import { type CheckWords, checkWords } from './words';

export interface CheckResult extends CheckWords {
  state: State;
  /** The evidence. */
  why: string;
}
export interface PropertyCard {
  id: Property;
  title: string;
  about: string;
  level: Level;
  checks: CheckResult[];
}
export interface NextStep {
  check: CheckResult;
  href: string;
  /** The property that it alone holds back, and the level that follows. */
  lifts: { title: string; level: Level } | null;
  /** The next level of the whole waits for it. */
  isBlocking: boolean;
}
export interface ProductScorecard {
  address: string;
  /** Null where it has no scorecard: a draft, or retired. */
  standing: { level: Level; score: number } | null;
  properties: PropertyCard[];
  next: NextStep[];
  /** How it stood when it was recorded last; lists and campaigns go by that. */
  recorded: { level: Level; score: number; since: string } | null;
  /** Level and score over time, oldest first: each holds until the next. */
  course: { at: string; level: Level | null; score: number }[];
  campaigns: CampaignPart[];
}

const COURSE = 200;

/** The scorecard of one product, computed at this moment. @throws AppError not_found | unauthenticated | forbidden */
export async function productScorecard(
  ctx: Ctx,
  address: { domain: string; product: string },
): Promise<ProductScorecard> {
  requireSignedIn(ctx, ['catalog:read']);
  const found = await db().product.findFirst({
    where: { name: address.product, domain: { name: address.domain } },
    select: { id: true },
  });
  if (!found) throw notFound('This product');
  const { id, domainId } = await requireVisibleProduct(ctx, found.id);
  const page = `${address.domain}/${address.product}`;
  const [{ judged }, checks, recorded, course, campaigns] = await Promise.all([
    judgeProducts([id]),
    checkWords(domainId),
    db().scorecard.findUnique({ where: { productId: id } }),
    db().scorecardChange.findMany({
      where: { productId: id },
      orderBy: { at: 'desc' },
      take: COURSE,
      select: { at: true, level: true, score: true },
    }),
    campaignsOfProduct(id),
  ]);
  const standing = judged[0] ?? null;
  const results = standing?.results ?? {};
  const told = checks.flatMap((check): CheckResult[] => {
    const result = results[check.id];
    return result ? [{ ...check, state: result[0], why: result[1] }] : [];
  });
  return {
    address: page,
    standing: standing && { level: standing.level, score: standing.score },
    properties: PROPERTIES.map((property, at) => ({
      ...{ id: property, ...PROPERTY_WORDS[property], level: standing?.levels[at] ?? 0 },
      checks: told.filter((check) => check.property === property),
    })),
    next: nextSteps(told, results).map(({ check, lifts, isBlocking }) => ({
      ...{ check, isBlocking },
      href: hrefOf(page, check),
      lifts: lifts && { title: PROPERTY_WORDS[lifts.property].title, level: lifts.level },
    })),
    recorded: recorded && {
      ...{ level: recorded.level as Level, score: recorded.score },
      since: recorded.since.toISOString(),
    },
    course: course.reverse().map(({ at, level, score }) => ({
      ...{ at: at.toISOString(), level: level as Level | null, score },
    })),
    campaigns,
  };
}

function hrefOf(address: string, { next: { path } }: CheckWords): string {
  if (path.startsWith('/')) return path.replace('{domain}', address.split('/')[0] ?? '');
  const page = `/products/${address}`;
  return path.startsWith('#') || path === '' ? `${page}${path}` : `${page}/${path}`;
}
