import { type Ctx, db, requireCan } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { periodOf } from '../figures/period';
import { costByKind } from './facts';
import { CostModelFields, firstDayOf } from './input';
import { COST_KINDS, type CostKind } from './kinds';
import { newestVersion } from './model';
import type { ProposedPrices } from './prices';
import { sameCurrency } from './set-model';

export interface CostChange {
  kind: CostKind;
  before: number;
  after: number;
}
export interface CostPreview {
  currency: string;
  from: string;
  /** Of the last 30 days, today so far included. */
  kinds: CostChange[];
  before: number;
  after: number;
  /** How many of these days get other prices than they have, and how many have none afterwards. */
  days: { changed: number; unpriced: number };
}

type Sums = Record<CostKind, number>;
const DAY_MS = 86_400_000;

/**
 * What other prices would make of the last 30 days, before they are set. Nothing is written.
 * @throws AppError forbidden | invalid
 */
export async function previewCostModel(ctx: Ctx, raw: CostModelFields): Promise<CostPreview> {
  requireCan(ctx, 'cost.edit');
  const { from: day, currency, ...prices } = CostModelFields.parse(raw);
  const proposed: ProposedPrices = { ...prices, from: firstDayOf(day) };
  sameCurrency(await newestVersion(db()), currency);
  const period = periodOf('30d');
  const visible = await visibleProducts(ctx);
  const [before, after, first] = await Promise.all([
    db().$queryRaw<Sums[]>(costByKind(period, visible)),
    db().$queryRaw<Sums[]>(costByKind(period, visible, proposed)),
    db().costModel.aggregate({ _min: { from: true } }),
  ]);
  const kinds = COST_KINDS.map((kind) => ({
    ...{ kind, before: before[0]![kind], after: after[0]![kind] },
  }));
  const sum = (which: 'before' | 'after') => kinds.reduce((all, one) => all + one[which], 0);
  const daysFrom = (at: Date) =>
    Math.round(
      Math.max(0, period.to.getTime() - Math.max(at.getTime(), period.from.getTime())) / DAY_MS,
    );
  const began = first._min.from;
  const earliest = began && began < proposed.from ? began : proposed.from;
  return {
    ...{ currency, from: period.from.toISOString(), kinds },
    ...{ before: sum('before'), after: sum('after') },
    days: { changed: daysFrom(proposed.from), unpriced: 30 - daysFrom(earliest) },
  };
}
