import type { Ctx } from '@/lib/core';
import { costModel, setCostModel } from '@/lib/insight';

const ADMIN = 'admin@portolan.example';

/**
 * Prices of the demo organisation, set by its administrator. Nobody asks them: they are invented, and so high that a few
 * megabytes cost an amount that can be read. Set once: a seed that was cut off leaves those that are there.
 */
export async function createDemoPrices(ctxOf: (email: string) => Promise<Ctx>): Promise<void> {
  const admin = await ctxOf(ADMIN);
  if ((await costModel(admin)).versions.length > 0) return;
  await setCostModel(admin, {
    currency: 'EUR',
    from: new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10),
    ...{ storageGbMonth: 400, loadHour: 90, qualityHour: 60, queryHour: 45, egressGb: 120 },
    reason: 'Synthetic prices of the demo organisation, high on purpose: no supplier asks them.',
    after: 0,
  });
}
