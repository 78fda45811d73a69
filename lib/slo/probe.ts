import { probeAddress } from '@/lib/auth';
import { livingProcesses, log, now, pool } from '@/lib/core';
import { askPortal, NO_ANSWER } from './ask-portal';
import { floorMinute, MINUTE_MS } from './windows';

export const PROBE_ROUND_MS = 5000;
/** A round sends a tenth of the products, so that probes do not wait for each other; past 500 they take turns. */
const ROUNDS = 10;
const MOST_A_ROUND = 50;
const AT_ONCE = 4;

interface Claim {
  productId: string;
  domain: string;
  name: string;
}

/** Moving `probedAt` is the claim: of several workers one sends a product's probe of this minute. */
const CLAIM = `with due as (
    select s."productId" from slo_product s
    where s."isProbed" and (s."probedAt" is null or s."probedAt" < $1::timestamptz)
    order by s."probedAt" nulls first, s."productId"
    limit (select least($2::float8, greatest(1, ceil(count(*) / $4::float8)))::int from slo_product where "isProbed")
    for update skip locked),
  claimed as (
    update slo_product s set "probedAt" = $1::timestamptz from due where due."productId" = s."productId"
    returning s."productId"),
  noted as (
    insert into slo_probe ("productId", minute, at) select "productId", $1::timestamptz, $3::timestamptz from claimed
    on conflict do nothing returning "productId")
  select n."productId", d.name as domain, p.name
  from noted n join product p on p.id = n."productId" join domain d on d.id = p."domainId"`;

const NOTE = `update slo_probe set status = $3, "latencyMs" = $4, error = $5, "requestId" = $6
  where "productId" = $1 and minute = $2 and status is null`;

/**
 * Sends the probes of this minute that nobody has sent yet: the first row of each product, as a consumer would
 * read it, through the web process. A probe belongs to its minute; it is never sent later.
 * @returns how many were sent
 */
export async function probeDue(): Promise<number> {
  const living = await livingProcesses();
  // Starting or stopped: whether consumers missed it is told by the minutes in which no web process lived.
  if (!living.has('web')) return 0;
  const at = now();
  const minute = floorMinute(at);
  const { rows } = await pool().query<Claim>(CLAIM, [minute, MOST_A_ROUND, at, ROUNDS]);
  const waiting = [...rows];
  const work = async () => {
    for (let claim = waiting.pop(); claim; claim = waiting.pop()) await probe(claim, minute);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return rows.length;
}

async function probe({ productId, domain, name }: Claim, minute: Date): Promise<void> {
  // A claim that waited into the next minute would say something about the wrong one.
  if (floorMinute(now()).getTime() - minute.getTime() > MINUTE_MS) return;
  const { status, latencyMs, error, requestId } = await askPortal(probeAddress(domain, name));
  await pool().query(NOTE, [productId, minute, status, latencyMs, error, requestId]);
  if (status === NO_ANSWER) log().warn({ error }, 'a probe got no answer from the portal');
}
