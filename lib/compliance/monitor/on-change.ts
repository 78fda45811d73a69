import { db, now, transact } from '@/lib/core';
import { effectivePolicy } from '@/lib/governance';
import { IS_LIVE } from './products';
import { MONITOR_RULES } from './registry';
import { enqueueRun, waitingRun } from './schedule';
import { isRealTime, policiesOfDomains, settingsOf } from './settings';

/** Rules that a change of people or roles concerns, of any product. */
const ABOUT_PEOPLE = new Set(['access_control', 'ownership']);

/**
 * After a change: a product that the monitor has not met is judged by every rule; one that it knows by the
 * real-time rules and those that have something open or waived there. An empty id means that people changed.
 */
export async function monitorChange(productId: string): Promise<void> {
  const rules = productId ? await rulesFor(productId) : await rulesAboutPeople();
  const dueAt = now();
  await transact(async (tx) => {
    for (const rule of rules) {
      const queued = await tx.monitorRun.count({
        where: waitingRun(rule, productId || null),
      });
      // One that has not begun will see this change too.
      if (queued > 0) continue;
      await enqueueRun(tx, { rule, trigger: 'change', dueAt, productId: productId || null });
    }
  });
}

async function rulesAboutPeople(): Promise<string[]> {
  const policies = await policiesOfDomains();
  return MONITOR_RULES.filter(
    (rule) =>
      ABOUT_PEOPLE.has(rule.id) &&
      policies.some((policy) => settingsOf(rule, policy).frequency !== 'manual'),
  ).map(({ id }) => id);
}

async function rulesFor(productId: string): Promise<string[]> {
  const product = await db().product.findFirst({
    where: { id: productId },
    select: { domain: { select: { name: true } } },
  });
  if (!product) return [];
  const [policy, isLive, runs, violations] = await Promise.all([
    effectivePolicy(product.domain.name),
    db().product.count({ where: { id: productId, ...IS_LIVE } }),
    db().monitorRun.count({ where: { productId } }),
    db().violation.findMany({
      where: { productId, OR: [{ status: { not: 'resolved' } }, { resolution: 'waived' }] },
      select: { dedupeKey: true },
    }),
  ]);
  const affected = new Set(violations.map(({ dedupeKey }) => dedupeKey.split(':')[0]));
  return MONITOR_RULES.filter((rule) => {
    if (affected.has(rule.id)) return true;
    const { isEnabled, frequency } = settingsOf(rule, policy);
    return isLive > 0 && isEnabled && (runs === 0 || isRealTime(frequency));
  }).map(({ id }) => id);
}
