import { isDeepStrictEqual } from 'node:util';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { newId, systemCtx, type Tx } from '@/lib/core';
import { fieldsWithPii } from '@/lib/governance/pii';
import {
  type MonitoredProduct,
  type MonitorRule,
  type Problem,
  storedEvidence,
} from '../monitor/rule';
import { settingsOf } from '../monitor/settings';
import { addEvent, resolve, type Told, tellOpened } from './events';

export interface Round {
  rule: MonitorRule;
  /** When the run began: what it has written already is not written again by a repetition. */
  beganAt: Date;
  at: Date;
  /** Alerts that may still be given one by one; then a summary of the run has to do. */
  alertsLeft: number;
  /** Domains of violations that no alert of their own was given for. */
  untoldDomains: Set<string>;
}
export interface Judgement {
  product: MonitoredProduct;
  problems: Problem[];
  /** Rules that an approved waiver of the product covers. */
  waived: ReadonlySet<string>;
  isSwitchedOff: boolean;
}
interface Known {
  id: string;
  rule: string;
  dedupeKey: string;
  status: string;
  rev: number;
  title: string;
  assigneeId: string | null;
  level: string;
  message: string;
  evidence: unknown;
}

export interface Counts {
  opened: number;
  resolved: number;
}

/**
 * Brings the violations of some products to what a rule has just found: new ones open, those found again are
 * counted, those that came back reopen, the rest resolve themselves.
 */
export async function recordRound(
  tx: Tx,
  round: Round,
  judgements: readonly Judgement[],
): Promise<Counts> {
  const counts: Counts = { opened: 0, resolved: 0 };
  const known: Known[] = await tx.violation.findMany({
    where: {
      productId: { in: judgements.map((one) => one.product.id) },
      dedupeKey: { startsWith: `${round.rule.id}:` },
    },
    select: {
      id: true,
      rule: true,
      dedupeKey: true,
      status: true,
      rev: true,
      title: true,
      assigneeId: true,
      level: true,
      message: true,
      evidence: true,
    },
  });
  const byKey = new Map(known.map((one) => [one.dedupeKey, one]));
  const found = new Set<string>();
  const unchanged: string[] = [];
  for (const judgement of judgements) {
    for (const problem of judgement.problems) {
      const violation = violationOf(round, judgement.product, problem);
      if (judgement.waived.has(violation.rule)) continue;
      found.add(violation.dedupeKey);
      const before = byKey.get(violation.dedupeKey);
      if (before && isUnchanged(before, violation)) unchanged.push(before.id);
      else if (await put(tx, round, violation, before, judgement.product)) counts.opened += 1;
    }
  }
  await touch(tx, round, unchanged, {});
  for (const one of known) {
    if (one.status === 'resolved' || found.has(one.dedupeKey)) continue;
    const judgement = judgements.find(({ product }) => one.dedupeKey.includes(product.id));
    const { how, note } = reasonOf(one.rule, judgement);
    const told = { ...one, product: judgement?.product ?? null };
    if (await resolve(tx, told, how, note, round.at)) counts.resolved += 1;
  }
  return counts;
}

function reasonOf(rule: string, judgement: Judgement | undefined) {
  if (judgement?.isSwitchedOff) {
    return { how: 'dismissed', note: 'The policy has switched this check off.' } as const;
  }
  return judgement?.waived.has(rule)
    ? ({ how: 'waived', note: 'An approved waiver covers it.' } as const)
    : ({ how: 'fixed', note: 'The monitor does not find it any more.' } as const);
}

function violationOf({ rule }: Round, product: MonitoredProduct, problem: Problem) {
  const isPersonal = problem.isPersonal || fieldsWithPii(product.descriptor).length > 0;
  return {
    rule: problem.ruleId ?? rule.id,
    level: problem.level ?? settingsOf(rule, product.policy).level,
    productId: product.id,
    domainId: product.domainId,
    dedupeKey: `${rule.id}:${product.id}:${problem.key}`,
    title: problem.title,
    message: problem.message,
    evidence: storedEvidence(problem.evidence) as object,
    regulations: isPersonal
      ? rule.regulations.filter((name) => name in product.policy.compliance)
      : [],
  };
}
type Violation = ReturnType<typeof violationOf>;

/** Found again just as it was: such violations are counted together, in one statement. */
function isUnchanged(before: Known, { title, message, level, evidence }: Violation): boolean {
  return (
    before.status !== 'resolved' &&
    before.title === title &&
    before.message === message &&
    before.level === level &&
    isDeepStrictEqual(before.evidence, evidence)
  );
}

async function touch(tx: Tx, { at, beganAt }: Round, ids: string[], news: Partial<Violation>) {
  if (ids.length === 0) return;
  await tx.violation.updateMany({
    where: { id: { in: ids }, status: { not: 'resolved' }, lastSeenAt: { lt: beganAt } },
    data: { ...news, lastSeenAt: at, occurrences: { increment: 1 } },
  });
}

/** @returns whether it is open now and was not before */
async function put(
  tx: Tx,
  round: Round,
  violation: Violation,
  before: Known | undefined,
  product: MonitoredProduct,
): Promise<boolean> {
  const { at } = round;
  if (!before) {
    const id = newId();
    const { count } = await tx.violation.createMany({
      data: [{ id, ...violation, firstSeenAt: at, lastSeenAt: at }],
      skipDuplicates: true,
    });
    // Another worker found it in the same moment.
    if (count === 0) return false;
    await opened(tx, round, { id, rev: 1, ...violation, product }, 'opened');
    return true;
  }
  const { rule: _, productId: __, dedupeKey: ___, ...news } = violation;
  if (before.status !== 'resolved') {
    await touch(tx, round, [before.id], news);
    return false;
  }
  const { count } = await tx.violation.updateMany({
    where: { id: before.id, status: 'resolved', rev: before.rev },
    data: {
      ...news,
      status: 'open',
      resolution: null,
      resolvedAt: null,
      lastSeenAt: at,
      occurrences: { increment: 1 },
      rev: { increment: 1 },
      // Its time to be looked at begins anew.
      escalation: 0,
      escalatedAt: at,
    },
  });
  if (count === 0) return false;
  await opened(tx, round, { ...before, ...violation, rev: before.rev + 1, product }, 'reopened');
  return true;
}

async function opened(
  tx: Tx,
  round: Round,
  violation: Told & Violation,
  kind: 'opened' | 'reopened',
): Promise<void> {
  const { at, rule } = round;
  await addEvent(tx, { violationId: violation.id, kind, note: violation.message, at });
  audit(tx, systemCtx('monitor'), {
    action: kind === 'opened' ? 'violation.open' : 'violation.reopen',
    target: { type: 'violation', id: violation.id },
    productId: violation.productId,
    domainId: violation.domainId,
    detail: {
      monitor: rule.id,
      rule: violation.rule,
      level: violation.level,
      title: violation.title,
    },
  });
  round.alertsLeft -= 1;
  if (round.alertsLeft >= 0) await raiseAlert(tx, tellOpened(violation, kind));
  else round.untoldDomains.add(violation.domainId);
}
