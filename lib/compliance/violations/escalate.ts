import { type Recipients, raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { db, now, systemCtx, type Tx, transact } from '@/lib/core';
import { effectivePolicy } from '@/lib/governance';
import { durationToMs } from '@/lib/specs';
import { monitorRule } from '../monitor/registry';
import { escalationOf, settingsOf } from '../monitor/settings';
import { addEvent, hrefOfViolation } from './events';

const BATCH = 500;
/** Who is told at each step, each higher than the one before. */
const STEPS: { who: string; to: (domainId: string | null) => Recipients }[] = [
  {
    who: 'the data admins of the domain',
    to: (domainId) => ({ adminsOfDomains: domainId ? [domainId] : [], stewards: !domainId }),
  },
  { who: 'the stewards', to: () => ({ stewards: true }) },
  { who: 'the platform admins', to: () => ({ stewards: true, platformAdmins: true }) },
];

interface Row {
  id: string;
  rule: string;
  level: string;
  title: string;
  dedupeKey: string;
  productId: string | null;
  domainId: string | null;
  escalation: number;
  rev: number;
  firstSeenAt: Date;
  escalatedAt: Date | null;
}

/**
 * Tells a higher person of violations that nobody has acknowledged in time: first the domain's admins, then the
 * stewards, then the platform admins. Several workers may call it. @returns how many were told of
 */
export async function escalateViolations(): Promise<number> {
  const at = now();
  const domains = await db().domain.findMany({ select: { id: true, name: true } });
  const names = new Map(domains.map((one) => [one.id, one.name]));
  let told = 0;
  let after = '';
  for (;;) {
    const rows: Row[] = await db().violation.findMany({
      where: { id: { gt: after }, status: 'open', escalation: { lt: STEPS.length } },
      orderBy: { id: 'asc' },
      take: BATCH,
      omit: { evidence: true },
    });
    for (const row of rows) {
      const since = row.escalatedAt ?? row.firstSeenAt;
      const wait = await waitOf(row, names.get(row.domainId ?? '') ?? null);
      if (at.getTime() - since.getTime() < wait) continue;
      told += await transact((tx) => escalate(tx, row, at));
    }
    after = rows.at(-1)?.id ?? '';
    if (rows.length < BATCH) return told;
  }
}

/** Milliseconds that a violation may wait, by the policies of its domain. */
async function waitOf({ dedupeKey, level }: Row, domain: string | null): Promise<number> {
  const rule = monitorRule(dedupeKey.split(':')[0] ?? '');
  const own = rule ? (await effectivePolicy(domain)).monitoring[rule.id]?.value : undefined;
  if (rule && own?.escalate_after !== undefined) {
    return durationToMs(settingsOf(rule, await effectivePolicy(domain)).escalateAfter);
  }
  return durationToMs(escalationOf(level));
}

async function escalate(tx: Tx, row: Row, at: Date): Promise<number> {
  const { id, rule, title, level, productId, domainId, escalation } = row;
  const step = STEPS[escalation];
  if (!step) return 0;
  const { count } = await tx.violation.updateMany({
    where: { id, status: 'open', escalation, escalatedAt: row.escalatedAt },
    data: { escalation: escalation + 1, escalatedAt: at, rev: { increment: 1 } },
  });
  if (count === 0) return 0;
  const place = { ...(productId && { productId }), ...(domainId && { domainId }) };
  await addEvent(tx, { violationId: id, kind: 'escalated', note: `Told to ${step.who}.`, at });
  audit(tx, systemCtx('monitor'), {
    action: 'violation.escalate',
    target: { type: 'violation', id },
    ...place,
    detail: { rule, before: { escalation }, after: { escalation: escalation + 1 } },
  });
  await raiseAlert(tx, {
    kind: 'violation.escalated',
    level: level === 'error' ? 'error' : 'warning',
    title: `Nobody has taken this up: ${title}`,
    href: hrefOfViolation(id),
    to: step.to(domainId),
    ...place,
    dedupeKey: `violation.escalated:${id}:${row.rev}`,
    data: { violation: id, rule, escalation: escalation + 1 },
  });
  return 1;
}
