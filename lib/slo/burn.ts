import { raiseAlert } from '@/lib/alerts';
import { newId, type Tx } from '@/lib/core';
import { audienceOf } from '@/lib/governance';
import { BURN_POLICIES, type BurnPolicy, burnRate, isBurning } from './laws';
import { floorHour, MINUTE_MS } from './windows';

/** Minutes measured and good, and those lost to outages of the portal, in one window. */
interface Part {
  measured: number;
  good: number;
  outage: number;
}
interface Burning {
  id: string;
  productId: string;
  title: string;
  target: number;
  since: Date;
  product: string;
  domain: string;
  domainId: string;
  ownerId: string;
  /** By the windows' minutes: '5', '30', '60', '360'. */
  parts: Record<string, Part>;
  /** Policies with an open incident. */
  open: string[];
}

const LONGEST = Math.max(...BURN_POLICIES.map(({ longMinutes }) => longMinutes));
const LENGTHS = BURN_POLICIES.flatMap(({ longMinutes, shortMinutes }) => [
  longMinutes,
  shortMinutes,
]);
const part = (minutes: number) => `'${minutes}', jsonb_build_object(
  'measured', count(*) filter (where s.minute >= $1::timestamptz - interval '${minutes} minutes'),
  'good', coalesce(sum(s.share) filter (where s.minute >= $1::timestamptz - interval '${minutes} minutes'), 0),
  'outage', count(*) filter (where s.outage and s.minute >= $1::timestamptz - interval '${minutes} minutes'))`;

/** Only objectives that lost something within the longest window, and those with an open incident. */
const BURNING = `
  with candidate as (
    select distinct "objectiveId" as id from slo_measurement
    where minute >= $1::timestamptz - interval '${LONGEST} minutes' and minute < $1::timestamptz and good < total
    union select "objectiveId" from slo_incident where "endedAt" is null),
  share as (
    select m."objectiveId", m.minute, sum(m.good) / sum(m.total) as share, bool_or(m.source = 'outage') as outage
    from slo_measurement m join candidate c on c.id = m."objectiveId"
    where m.minute >= $1::timestamptz - interval '${LONGEST} minutes' and m.minute < $1::timestamptz and m.total > 0
    group by 1, 2)
  select o.id, o."productId", o.title, o.target, o.since, p.title as product, d.id as "domainId",
    d.name || '/' || p.name as domain, p."ownerId", jsonb_build_object(${LENGTHS.map(part).join(', ')}) as parts,
    array(select i.policy from slo_incident i where i."objectiveId" = o.id and i."endedAt" is null) as open
  from candidate c
  join slo_objective o on o.id = c.id join product p on p.id = o."productId" join domain d on d.id = p."domainId"
  left join share s on s."objectiveId" = o.id
  group by o.id, p.id, d.id order by o.id`;

/** Opens an incident where both windows of a policy burn too fast at `through`, and ends those that are over. */
export async function judgeBurns(tx: Tx, through: Date): Promise<void> {
  const found = await tx.$queryRawUnsafe<Burning[]>(BURNING, through);
  for (const objective of found) {
    for (const policy of BURN_POLICIES) await judge(tx, objective, policy, through);
  }
}

async function judge(tx: Tx, objective: Burning, policy: BurnPolicy, through: Date): Promise<void> {
  const long = objective.parts[policy.longMinutes]!;
  const short = objective.parts[policy.shortMinutes]!;
  const rate = burnRate(long, objective.target);
  // A quarter of the long window has to be behind it: the first bad minute of a new product is no trend.
  const age = through.getTime() - objective.since.getTime();
  const isOld = age >= (policy.longMinutes / 4) * MINUTE_MS;
  const isOn = isOld && isBurning(policy, rate, burnRate(short, objective.target));
  const isOpen = objective.open.includes(policy.key);
  if (isOn && isOpen) await keepPeak(tx, objective.id, policy.key, rate ?? 0);
  else if (isOn) await open(tx, objective, policy, { rate: rate ?? 0, short, through });
  else if (isOpen) await close(tx, objective, policy, through);
}

async function keepPeak(
  tx: Tx,
  objectiveId: string,
  policy: string,
  peakBurn: number,
): Promise<void> {
  await tx.sloIncident.updateMany({
    where: { objectiveId, policy, endedAt: null, peakBurn: { lt: peakBurn } },
    data: { peakBurn },
  });
}

const words = (policy: BurnPolicy) => `${policy.factor} times its budget over ${hours(policy)}`;
const hours = ({ longMinutes }: BurnPolicy) =>
  longMinutes === 60 ? 'the last hour' : `the last ${longMinutes / 60} hours`;

async function open(
  tx: Tx,
  objective: Burning,
  policy: BurnPolicy,
  now: { rate: number; short: Part; through: Date },
): Promise<void> {
  const { rate, short, through } = now;
  // What the portal's own outage burns is not for the product's owner to mend.
  const isOutage = short.outage > 0 && short.outage >= short.measured - short.good;
  const { id: objectiveId, domain, domainId, productId, ownerId, title, product } = objective;
  const id = newId();
  await tx.sloIncident.createMany({
    data: [
      {
        ...{ id, objectiveId, policy: policy.key, cause: isOutage ? 'outage' : 'product' },
        ...{ openedAt: through, peakBurn: rate },
      },
    ],
    skipDuplicates: true,
  });
  if (isOutage) return tellOutage(tx, through);
  const told = await audienceOf(tx, productId, 'slo_burn');
  await raiseAlert(tx, {
    kind: 'slo.burning',
    level: policy.level,
    title: `${product}: ${title.toLowerCase()} burns its error budget`,
    body: `It spends more than ${words(policy)}: ${rate.toFixed(1)} times. At that pace little is left soon.`,
    href: `/products/${domain}/slo`,
    to: { userIds: [ownerId, ...told], adminsOfDomains: [domainId] },
    ...{ domainId, productId, dedupeKey: `slo:${id}` },
    data: { objective: title, policy: policy.key, burnRate: rate },
  });
}

/** One alert an hour for an outage, however many products it hits. */
async function tellOutage(tx: Tx, through: Date): Promise<void> {
  await raiseAlert(tx, {
    kind: 'slo.outage',
    level: 'error',
    title: 'The portal did not answer its consumers',
    body: 'The minutes without an answer count against the availability of every product that was live.',
    href: '/platform',
    to: { platformAdmins: true },
    dedupeKey: `slo.outage:${floorHour(through).toISOString()}`,
  });
}

async function close(tx: Tx, objective: Burning, policy: BurnPolicy, through: Date): Promise<void> {
  const { id: objectiveId, domain, domainId, productId, ownerId, title, product } = objective;
  const ended = await tx.sloIncident.updateManyAndReturn({
    where: { objectiveId, policy: policy.key, endedAt: null },
    data: { endedAt: through },
  });
  for (const { id, openedAt, cause } of ended) {
    if (cause === 'outage') continue;
    const told = await audienceOf(tx, productId, 'slo_burn');
    const minutes = Math.round((through.getTime() - openedAt.getTime()) / MINUTE_MS);
    await raiseAlert(tx, {
      kind: 'slo.recovered',
      level: 'info',
      title: `${product}: ${title.toLowerCase()} is back within its budget's pace`,
      body: `The alert lasted ${minutes} minutes.`,
      href: `/products/${domain}/slo`,
      to: { userIds: [ownerId, ...told], adminsOfDomains: [domainId] },
      ...{ domainId, productId, dedupeKey: `slo:${id}:over` },
      data: { objective: title, policy: policy.key },
    });
  }
}
