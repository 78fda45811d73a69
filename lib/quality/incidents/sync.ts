import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { newId, now, systemCtx, type Tx } from '@/lib/core';
import { audienceOf } from '@/lib/governance';
import type { Anomaly } from '../anomaly/detect';
import type { ResultStatus } from '../run/measured';
import { addIncidentEvent, hrefOfIncident } from './events';

interface Result {
  rule: { id: string; name: string; dimension: string };
  status: ResultStatus;
  passed: boolean;
  failing: bigint;
  checked: bigint;
  message: string;
}
interface Round {
  productId: string;
  runId: string;
  results: readonly Result[];
}

const placeOf = (tx: Tx, productId: string) =>
  tx.product.findUniqueOrThrow({
    where: { id: productId },
    select: {
      title: true,
      name: true,
      ownerId: true,
      domainId: true,
      domain: { select: { name: true } },
    },
  });
type Place = Awaited<ReturnType<typeof placeOf>>;

/** "3 of 20 rows", or what cannot be computed. */
function words({ failing, checked, message, status }: Result): string {
  if (status === 'broken') return message;
  const rows =
    checked > 1n
      ? ` ${failing.toLocaleString('en')} of ${checked.toLocaleString('en')} rows break it.`
      : '';
  return `${message.replace(/\.?$/, '.')}${rows}`;
}

/**
 * Opens an incident for each rule that fails and has none, counts those that fail again, and ends those whose rule
 * is met: only a run can end one. The owner, the domain's data admins and whoever follows the product are told once a run.
 */
export async function syncIncidents(tx: Tx, round: Round): Promise<void> {
  const { productId, results, runId } = round;
  const open = await tx.qualityIncident.findMany({ where: { productId, status: 'open' } });
  const byRule = new Map(open.map((incident) => [incident.openKey, incident]));
  const place = await placeOf(tx, productId);
  const opened: { id: string; result: Result }[] = [];
  const resolved: typeof open = [];
  for (const result of results) {
    const incident = byRule.get(result.rule.id);
    if (!result.passed && !incident) {
      const id = await openOne(tx, round, place, result);
      if (id) opened.push({ id, result });
    } else if (!result.passed && incident) {
      await tx.qualityIncident.update({
        where: { id: incident.id },
        data: {
          ...factsOf(result),
          runId,
          lastSeenAt: now(),
          occurrences: { increment: 1 },
        },
      });
    } else if (incident && (await resolveOne(tx, incident, place))) resolved.push(incident);
  }
  if (opened.length > 0) await tellOpened(tx, round, place, opened);
  if (resolved.length > 0) await tellResolved(tx, round, place, resolved);
}

const factsOf = (result: Result) => ({
  level: result.status === 'failed' ? 'error' : 'warning',
  message: words(result).slice(0, 1000),
  failing: result.failing,
  checked: result.checked,
});

async function openOne(tx: Tx, round: Round, place: Place, result: Result): Promise<string | null> {
  const id = newId();
  const at = now();
  const { rule } = result;
  const { count } = await tx.qualityIncident.createMany({
    data: [
      {
        id,
        productId: round.productId,
        domainId: place.domainId,
        ruleId: rule.id,
        ruleName: rule.name,
        dimension: rule.dimension,
        openKey: rule.id,
        ...factsOf(result),
        runId: round.runId,
        openedAt: at,
        lastSeenAt: at,
      },
    ],
    skipDuplicates: true,
  });
  // Another run found it in the same moment.
  if (count === 0) return null;
  await addIncidentEvent(tx, { incidentId: id, kind: 'opened', note: words(result), at });
  audit(tx, systemCtx('quality'), {
    action: 'quality.incident.open',
    target: { type: 'quality_incident', id },
    productId: round.productId,
    domainId: place.domainId,
    detail: { rule: rule.name, level: factsOf(result).level, failing: Number(result.failing) },
  });
  return id;
}

async function resolveOne(
  tx: Tx,
  incident: { id: string; productId: string; ruleName: string },
  place: Place,
): Promise<boolean> {
  const at = now();
  const { count } = await tx.qualityIncident.updateMany({
    where: { id: incident.id, status: 'open' },
    data: { status: 'resolved', openKey: null, resolvedAt: at, rev: { increment: 1 } },
  });
  if (count === 0) return false;
  const note = 'A run of the rules found it met.';
  await addIncidentEvent(tx, { incidentId: incident.id, kind: 'resolved', note, at });
  audit(tx, systemCtx('quality'), {
    action: 'quality.incident.resolve',
    target: { type: 'quality_incident', id: incident.id },
    productId: incident.productId,
    domainId: place.domainId,
    detail: { rule: incident.ruleName },
  });
  return true;
}

async function tellOpened(
  tx: Tx,
  { productId, runId }: Round,
  place: Place,
  opened: { id: string; result: Result }[],
): Promise<void> {
  const address = `${place.domain.name}/${place.name}`;
  const [only] = opened;
  const isError = opened.some(({ result }) => result.status === 'failed');
  const many = opened.length === 1 ? 'A quality rule fails' : `${opened.length} quality rules fail`;
  const body = opened
    .slice(0, 10)
    .map(({ result }) => `${result.rule.name}: ${words(result)}`)
    .join('\n');
  const common = { productId, domainId: place.domainId, body };
  await raiseAlert(tx, {
    ...common,
    kind: 'quality.failed',
    level: isError ? 'error' : 'warning',
    title: `${many} in ${place.title}`,
    href: opened.length === 1 ? hrefOfIncident(address, only!.id) : `/products/${address}/quality`,
    to: { userIds: [place.ownerId], adminsOfDomains: [place.domainId] },
    dedupeKey: `quality.failed:${runId}`,
    data: { incidents: opened.map(({ id }) => id), run: runId },
  });
  const userIds = isError ? await audienceOf(tx, productId, 'quality_incident') : [];
  if (userIds.length === 0) return;
  await raiseAlert(tx, {
    ...common,
    kind: 'quality.notice',
    level: 'warning',
    title: `${many} in ${place.title}`,
    // Who follows it may not read its rows, nor what they told the rules.
    body: opened
      .slice(0, 10)
      .map(({ result }) => result.rule.name)
      .join('\n'),
    href: `/products/${address}/quality`,
    to: { userIds },
    dedupeKey: `quality.notice:${runId}`,
    data: { run: runId },
  });
}

async function tellResolved(
  tx: Tx,
  { productId, runId }: Round,
  place: Place,
  resolved: { id: string; ruleName: string; assigneeId: string | null }[],
): Promise<void> {
  const address = `${place.domain.name}/${place.name}`;
  const names = resolved.map((one) => one.ruleName);
  await raiseAlert(tx, {
    kind: 'quality.resolved',
    level: 'info',
    title: `${names.length === 1 ? `"${names[0]}" is met again` : `${names.length} quality rules are met again`} in ${place.title}`,
    body: names.slice(0, 10).join('\n'),
    href:
      resolved.length === 1
        ? hrefOfIncident(address, resolved[0]!.id)
        : `/products/${address}/quality`,
    to: {
      userIds: [
        place.ownerId,
        ...resolved.flatMap((one) => one.assigneeId ?? []),
        ...(await audienceOf(tx, productId, 'quality_incident')),
      ],
    },
    productId,
    domainId: place.domainId,
    dedupeKey: `quality.resolved:${runId}`,
    data: { incidents: resolved.map((one) => one.id), run: runId },
  });
}

/** A load that is unusual is told once, however often it is looked at. */
export async function tellAnomalies(
  tx: Tx,
  {
    productId,
    snapshotId,
    anomalies,
  }: { productId: string; snapshotId: string; anomalies: Anomaly[] },
): Promise<void> {
  if (anomalies.length === 0) return;
  const place = await placeOf(tx, productId);
  for (const { kind, message } of anomalies) {
    await raiseAlert(tx, {
      kind: 'quality.anomaly',
      level: 'warning',
      title: `${kind === 'volume' ? 'An unusual number of rows' : 'A load is late'} in ${place.title}`,
      body: message,
      href: `/products/${place.domain.name}/${place.name}/quality`,
      to: { userIds: [place.ownerId] },
      productId,
      domainId: place.domainId,
      dedupeKey: `quality.anomaly:${kind}:${snapshotId}`,
    });
  }
}
