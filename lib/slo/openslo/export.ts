import { portalUrl } from '@/lib/alerts/event';
import type { Ctx } from '@/lib/core';
import { printDocument } from '@/lib/specs';
import { BURN_POLICIES, type BurnPolicy } from '../laws';
import { type ProductSlo, productSlo, type SloAddress } from '../queries';
import type { ObjectiveView } from '../status';
import { DAY_MS, type WindowName, windowStart } from '../windows';

const API = 'openslo/v1';
const SOURCE = 'portolan';
const INBOX = 'portolan-alerts';
const MAX_NAME = 63;
const MAX_TEXT = 1050;

/** A name as RFC 1123 labels are; long ones are cut. */
const nameOf = (...parts: string[]) =>
  parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^-+|-+$/g, '');

/** A product's objectives as OpenSLO v1 documents in one YAML list. @throws as `productSlo` */
export async function exportOpenSlo(ctx: Ctx, address: SloAddress): Promise<string> {
  return printDocument(openSloOf(await productSlo(ctx, address), portalUrl()));
}

/** Service, data source, alert conditions and policies once; an SLI and an SLO for each objective. */
export function openSloOf(slo: ProductSlo, origin: string): object[] {
  const service = nameOf(slo.product);
  return [
    {
      apiVersion: API,
      kind: 'Service',
      metadata: { name: service, displayName: slo.title },
      spec: { description: slo.description.slice(0, MAX_TEXT) },
    },
    {
      apiVersion: API,
      kind: 'DataSource',
      metadata: { name: SOURCE, displayName: 'Portolan' },
      spec: { type: SOURCE, connectionDetails: [{ url: origin }] },
    },
    {
      apiVersion: API,
      kind: 'AlertNotificationTarget',
      metadata: { name: INBOX },
      spec: { description: 'The owner’s inbox, e-mail and webhooks', target: SOURCE },
    },
    ...BURN_POLICIES.flatMap(alertsOf),
    ...slo.objectives.flatMap((objective) => [
      indicatorOf(objective, service, `${origin}/api/v1/slo/${slo.product}`),
      objectiveOf(objective, service),
    ]),
  ];
}

const hours = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`);

function alertsOf({ key, factor, longMinutes, shortMinutes, level }: BurnPolicy): object[] {
  const condition = `burn-rate-${key}`;
  return [
    {
      apiVersion: API,
      kind: 'AlertCondition',
      metadata: { name: condition },
      spec: {
        description: `Spends ${factor} times the budget over ${hours(longMinutes)}, and still over ${hours(shortMinutes)}`,
        severity: level === 'error' ? 'page' : 'ticket',
        condition: {
          kind: 'burnrate',
          op: 'gt',
          threshold: factor,
          lookbackWindow: hours(longMinutes),
          alertAfter: hours(shortMinutes),
        },
      },
    },
    {
      apiVersion: API,
      kind: 'AlertPolicy',
      metadata: { name: `burning-${key}` },
      spec: {
        description: `Alerts that open and end by ${condition}`,
        alertWhenBreaching: true,
        alertWhenResolved: true,
        conditions: [{ conditionRef: condition }],
        notificationTargets: [{ targetRef: INBOX }],
      },
    },
  ];
}

function indicatorOf(
  { key, kind, title, threshold, formula }: ObjectiveView,
  service: string,
  url: string,
) {
  const metric = (field: string) => ({
    metricSource: {
      metricSourceRef: SOURCE,
      type: SOURCE,
      spec: {
        ...{ url, objective: key, kind, field },
        ...(threshold !== null && { thresholdMs: threshold }),
        ...(formula && { formula }),
      },
    },
  });
  return {
    apiVersion: API,
    kind: 'SLI',
    metadata: { name: nameOf(service, key), displayName: title },
    spec: {
      description: MEANING[kind],
      ratioMetric: { counter: true, good: metric('goodEvents'), total: metric('events') },
    },
  };
}

const MEANING: Record<ObjectiveView['kind'], string> = {
  availability: 'Reads and probes that were answered, of those that could have been',
  latency: 'Pages of rows that were answered within the threshold',
  freshness: 'Minutes in which the rows that were served were no older than the threshold',
  completeness: 'Values that were there, of those that the completeness rules look at',
  custom: 'Minutes in which the formula held',
};

function objectiveOf({ key, title, target, window }: ObjectiveView, service: string) {
  const indicator = nameOf(service, key);
  return {
    apiVersion: API,
    kind: 'SLO',
    metadata: { name: indicator, displayName: title },
    spec: {
      service,
      indicatorRef: indicator,
      timeWindow: [timeWindowOf(window.name)],
      budgetingMethod: 'RatioTimeslices',
      objectives: [{ displayName: title, target: exact(target), timeSliceWindow: '1m' }],
      alertPolicies: BURN_POLICIES.map((policy) => ({ alertPolicyRef: `burning-${policy.key}` })),
    },
  };
}

/** OpenSLO's targets lie below 1: a promise of 100% is the closest that can be said. */
const exact = (target: number) => Math.min(0.99999, Number(target.toPrecision(12)));

const CALENDAR = { calendar_week: '1w', calendar_month: '1M', calendar_quarter: '1Q' } as const;

function timeWindowOf(name: WindowName): object {
  if (!(name in CALENDAR)) return { duration: name.replace('_days', 'd'), isRolling: true };
  const calendar = name as keyof typeof CALENDAR;
  // The first window of 2024, from which every later one follows.
  const first = windowStart(calendar, new Date(Date.UTC(2024, 0, 1) + DAY_MS / 2));
  return {
    duration: CALENDAR[calendar],
    isRolling: false,
    calendar: {
      startTime: first.toISOString().replace('T', ' ').slice(0, 19),
      timeZone: 'UTC',
    },
  };
}
