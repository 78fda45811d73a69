import { raiseAlert } from '@/lib/alerts';
import { db, notify, now, transact } from '@/lib/core';
import { resolve } from '../violations/events';
import { type Counts, type Judgement, type Round, recordRound } from '../violations/record';
import { IS_LIVE, liveProducts } from './products';
import { monitorRule } from './registry';
import type { MonitoredProduct } from './rule';
import { settingsOf } from './settings';

/** Products whose violations change in one transaction. */
const CHUNK = 50;
/** A policy that many products break at once fills nobody's inbox: the summary of the run names the rest. */
const MAX_ALERTS = 50;

/**
 * One round of one rule over every live product, or over the one that changed. May be repeated after a crash: what
 * was written already is found again and counted once.
 */
export async function runMonitor(
  runId: string,
  checkpoint: (name: string) => Promise<void> = async () => undefined,
): Promise<void> {
  await db().monitorRun.updateMany({
    where: { id: runId, status: 'queued' },
    data: { status: 'running', startedAt: now() },
  });
  const run = await db().monitorRun.findUnique({ where: { id: runId } });
  const rule = run && monitorRule(run.rule);
  if (!run || !rule || run.status !== 'running' || !run.startedAt) return;
  const round: Round = {
    rule,
    beganAt: run.startedAt,
    at: now(),
    alertsLeft: MAX_ALERTS,
    untoldDomains: new Set(),
  };
  const unread: string[] = [];
  let checked = 0;
  for await (const products of liveProducts(run.productId)) {
    const { judgements, failures } = await judge(round, products);
    for (let from = 0; from < judgements.length; from += CHUNK) {
      await keep(runId, (tx) => recordRound(tx, round, judgements.slice(from, from + CHUNK)));
    }
    await checkpoint('recorded');
    checked += judgements.length;
    unread.push(...failures);
  }
  await resolveGone(runId, round, run.productId);
  await finish(runId, round, checked, unread);
}

type Work = (tx: Parameters<Parameters<typeof transact>[0]>[0]) => Promise<Counts>;

/** The figures of the run change with the violations, so that a repetition counts nothing twice. */
const keep = (runId: string, work: Work) =>
  transact(async (tx) => {
    const { opened, resolved } = await work(tx);
    if (opened + resolved === 0) return;
    await tx.monitorRun.update({
      where: { id: runId },
      data: { opened: { increment: opened }, resolved: { increment: resolved } },
    });
  });

async function judge({ rule, at }: Round, products: readonly MonitoredProduct[]) {
  const isOn = (product: MonitoredProduct) => settingsOf(rule, product.policy).isEnabled;
  const [{ problems, unread }, waivers] = await Promise.all([
    rule.check(products.filter(isOn), at),
    db().waiver.findMany({
      where: {
        productId: { in: products.map((one) => one.id) },
        status: 'approved',
        expiresAt: { gt: at },
      },
      select: { productId: true, ruleId: true },
    }),
  ]);
  const judgements = products.flatMap((product): Judgement[] => {
    const isSwitchedOff = !isOn(product);
    const found = isSwitchedOff ? [] : problems.get(product.id);
    if (!found) return [];
    const own = waivers.filter((one) => one.productId === product.id);
    return [
      { product, problems: found, waived: new Set(own.map((one) => one.ruleId)), isSwitchedOff },
    ];
  });
  const failures = unread.map(({ productId, message }) => {
    const product = products.find((one) => one.id === productId);
    return `${product?.domain}/${product?.name}: ${message}`;
  });
  return { judgements, failures };
}

/** Violations of products that do not answer any more are over. */
async function resolveGone(runId: string, { rule, at }: Round, productId: string | null) {
  for (;;) {
    const gone = await db().violation.findMany({
      where: {
        dedupeKey: { startsWith: `${rule.id}:` },
        status: { not: 'resolved' },
        product: { NOT: IS_LIVE },
        ...(productId && { productId }),
      },
      take: CHUNK,
      select: { id: true, rule: true, rev: true, title: true, assigneeId: true, product: true },
    });
    if (gone.length === 0) return;
    await keep(runId, async (tx) => {
      let resolved = 0;
      for (const one of gone) {
        const isDone = await resolve(tx, one, 'fixed', 'The product is not live any more.', at);
        if (isDone) resolved += 1;
      }
      return { opened: 0, resolved };
    });
  }
}

async function finish(runId: string, round: Round, checked: number, unread: string[]) {
  const error =
    unread.length === 0
      ? null
      : `${unread.length} could not be read: ${unread.slice(0, 5).join('; ')}`.slice(0, 2000);
  await transact(async (tx) => {
    const { count } = await tx.monitorRun.updateMany({
      where: { id: runId, status: 'running' },
      data: { status: 'succeeded', finishedAt: now(), checked, error },
    });
    if (count === 0) return;
    const { opened, rule } = await tx.monitorRun.findUniqueOrThrow({ where: { id: runId } });
    if (opened > 0) {
      await raiseAlert(tx, {
        kind: 'violation.opened',
        level: 'warning',
        title: `${round.rule.title}: ${opened} new ${opened === 1 ? 'violation' : 'violations'}`,
        href: `/governance/violations?monitor=${rule}`,
        to: { stewards: true, adminsOfDomains: [...round.untoldDomains] },
        dedupeKey: `violation.run:${runId}`,
        data: { monitor: rule, opened },
      });
    }
    await notify(tx, 'portolan_run', runId);
  });
}

/** A run that cannot be finished is said so; the next one begins anew. */
export async function failMonitorRun(runId: string, error: string): Promise<void> {
  await db().monitorRun.updateMany({
    where: { id: runId, status: { in: ['queued', 'running'] } },
    data: { status: 'failed', error: error.slice(0, 2000), finishedAt: now() },
  });
}
