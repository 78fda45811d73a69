import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, invalid, newId, now, requireCan, transact } from '@/lib/core';
import { CostModelInput, firstDayOf } from './input';
import { newestVersion, pricesOf } from './model';

/**
 * Sets what a unit costs from a day on, as a new version; earlier ones are kept, and days before keep their prices.
 * @returns the version's number. @throws AppError forbidden | invalid | conflict (somebody was first)
 */
export async function setCostModel(ctx: Ctx, raw: CostModelInput): Promise<{ number: number }> {
  requireCan(ctx, 'cost.edit');
  const { after, from: day, ...input } = CostModelInput.parse(raw);
  const from = firstDayOf(day);
  return transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('cost-model'))`;
    const last = await newestVersion(tx);
    if ((last?.number ?? 0) !== after) {
      throw conflict('Somebody set other prices in the meantime. Reload the page and look again.');
    }
    sameCurrency(last, input.currency);
    const number = after + 1;
    const createdAt = now();
    const authorId = ctx.actor.type === 'user' ? ctx.actor.id : null;
    await tx.costModel.create({
      data: { id: newId(), number, from, authorId, createdAt, ...input },
    });
    const { currency, reason } = input;
    audit(tx, ctx, {
      action: 'cost.model',
      target: { type: 'cost_model', id: String(number) },
      detail: {
        ...{ currency, reason, from: day },
        ...changed(last ? pricesOf(last) : {}, { ...pricesOf(input) }),
      },
    });
    return { number };
  });
}

/** Amounts of two currencies do not add up. @throws AppError invalid, naming `currency` */
export function sameCurrency(last: { currency: string } | null, currency: string): void {
  if (!last || last.currency === currency) return;
  const message = `Earlier prices are in ${last.currency}, and amounts of two currencies do not add up. Give these in ${last.currency}.`;
  throw invalid(message, { currency: message });
}
