import ipaddr from 'ipaddr.js';
import { type AccessCondition, WEEKDAYS } from '@/lib/specs';
import type { EffectivePolicy } from './effective';

/** When and from where somebody asks: what conditions look at beside the person and the product. */
export interface Circumstances {
  at: Date;
  ip?: string | undefined;
}
type Hours = NonNullable<AccessCondition['require']['hours']>;

/** Whether the moment lies in the hours, in their own time zone. Past midnight works: 22:00 to 06:00. */
export function isWithinHours(at: Date, hours: Hours): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: hours.timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const isNight = hours.from > hours.to;
  const isIn = isNight
    ? time >= hours.from || time < hours.to
    : time >= hours.from && time < hours.to;
  if (!isIn || !hours.days) return isIn;
  const today = (WEEKDAYS as readonly string[]).indexOf(part('weekday').toLowerCase());
  // The hours after midnight belong to the evening before.
  const begun = isNight && time < hours.to ? (today + 6) % 7 : today;
  const day = WEEKDAYS[begun];
  return day !== undefined && hours.days.includes(day);
}

/** An address as Cedar and ranges read it: IPv4 written as IPv6 counts as IPv4; null for what is none. */
export function plainAddress(ip: string | undefined): string | null {
  return ip && ipaddr.isValid(ip) ? ipaddr.process(ip).toString() : null;
}

/** Whether the address lies in one of the ranges; an IPv4 address written as IPv6 counts as IPv4. */
export function isInNetworks(ip: string | undefined, networks: readonly string[]): boolean {
  const plain = plainAddress(ip);
  if (!plain) return false;
  const address = ipaddr.parse(plain);
  return networks.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    return address.kind() === base.kind() && address.match([base, bits] as never);
  });
}

export interface HeldConditions {
  networkIn: string[];
  timeIn: string[];
}

/** The conditions of the policy whose hours and networks hold now: what Cedar is told. */
export function heldConditions(policy: EffectivePolicy, { at, ip }: Circumstances): HeldConditions {
  const held: HeldConditions = { networkIn: [], timeIn: [] };
  for (const { value } of policy.conditions) {
    const { hours, networks } = value.require;
    if (hours && isWithinHours(at, hours)) held.timeIn.push(value.id);
    if (networks && isInNetworks(ip, networks)) held.networkIn.push(value.id);
  }
  return held;
}
