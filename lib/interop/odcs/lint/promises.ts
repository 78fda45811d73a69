import { parseThreshold, semverSchema } from '@/lib/specs';
import type { Findings } from '../../findings';
import { type Group, groupsIn, isGroup, show, textOf } from '../../shape';
import { STABLE_ID } from '../common';
import { isSince, type OdcsVersion } from '../versions';

const STATUSES = ['proposed', 'draft', 'active', 'deprecated', 'retired'];
const URI_LIKE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Identity, price, support, people and service levels. */
export function lintPromises(contract: Group, version: OdcsVersion, out: Findings): void {
  lintIdentity(contract, out);
  lintPrice(contract, out);
  lintSupport(contract, version, out);
  lintLevels(contract, out);
  lintTeam(contract, version, out);
  for (const { entry, index } of groupsIn(contract.servers)) {
    const { port } = entry;
    if (typeof port !== 'number' || (port >= 1 && port <= 65_535)) continue;
    out.error(['servers', index, 'port'], 'bad-port', `${port} is no port. Use 1 to 65535.`);
  }
}

function lintIdentity(contract: Group, out: Findings): void {
  const id = textOf(contract.id);
  if (id !== undefined && !STABLE_ID.test(id.replaceAll('.', '')) && !URI_LIKE.test(id)) {
    const message = `${show(id)} cannot be referred to. Use a UUID, letters with digits, "-" and "_", or a URN.`;
    out.error(['id'], 'bad-id', message);
  }
  const version = textOf(contract.version);
  if (version !== undefined && !semverSchema.safeParse(version.replace(/^v/, '')).success) {
    const message = `${show(version)} is not a semantic version, so changes cannot be judged by it. Write 1.0.0.`;
    out.warn(['version'], 'bad-version', message);
  }
  const status = textOf(contract.status);
  if (status !== undefined && !STATUSES.includes(status)) {
    const message = `${show(status)} is none of the states that the standard names: ${STATUSES.join(', ')}.`;
    out.warn(['status'], 'unknown-status', message);
  }
}

function lintPrice({ price }: Group, out: Findings): void {
  if (!isGroup(price)) return;
  const { priceAmount: amount, priceCurrency: currency } = price;
  if (typeof amount === 'number' && amount < 0) {
    out.error(['price', 'priceAmount'], 'bad-price', 'A price is 0 or more. Correct the amount.');
  }
  if (amount !== undefined && currency === undefined) {
    const message = 'The amount has no currency. Add priceCurrency, such as EUR.';
    out.error(['price', 'priceCurrency'], 'bad-price', message);
  } else if (typeof currency === 'string' && !CURRENCIES.has(currency)) {
    const message = `${show(currency)} is no currency code of ISO 4217. Write one such as EUR.`;
    out.warn(['price', 'priceCurrency'], 'unknown-currency', message);
  }
}

function lintSupport(contract: Group, version: OdcsVersion, out: Findings): void {
  for (const { entry, index } of groupsIn(contract.support)) {
    if (entry.url !== undefined || entry.invitationUrl !== undefined) continue;
    const message = 'Nobody can reach this channel: it has no address. Add url.';
    const at = ['support', index, 'url'];
    // 3.2 leaves the address out where the tool and the channel's name are enough.
    if (isSince(version, 'v3.2.0')) out.warn(at, 'unreachable', message);
    else out.error(at, 'unreachable', message);
  }
}

/** ISO 8601 durations and whatever `parseThreshold` reads are fine as a value of their own. */
const isUnit = (unit: string): boolean => unit === 'y' || parseThreshold(`1 ${unit}`) !== null;

function lintLevels(contract: Group, out: Findings): void {
  for (const { entry, index } of groupsIn(contract.slaProperties)) {
    const { property, value, unit } = entry;
    const at = (key: string) => ['slaProperties', index, key];
    if (typeof unit === 'string' && !isUnit(unit)) {
      const message = `${show(unit)} is no unit that is understood here. Use d, h, min, s, ms, y, month or %.`;
      out.warn(at('unit'), 'unknown-unit', message);
    }
    const number = typeof value === 'number' ? value : Number.parseFloat(String(value));
    const isShare = unit === undefined && /^availability$/i.test(String(property));
    const isPercent = unit === '%' || unit === 'percent' || isShare;
    if (isPercent && /^-?[\d.]+ ?%?$/.test(String(value)) && (number < 0 || number > 100)) {
      out.error(
        at('value'),
        'impossible-threshold',
        'A share lies between 0 and 100. Correct the value.',
      );
    } else if (typeof value === 'number' && value < 0) {
      out.error(
        at('value'),
        'impossible-threshold',
        'A service level is 0 or more. Correct the value.',
      );
    }
    if (value === null)
      out.warn(at('value'), 'missing', 'The service level promises nothing. Fill in a value.');
  }
}

function lintTeam(contract: Group, version: OdcsVersion, out: Findings): void {
  const { team } = contract;
  if (Array.isArray(team) && isSince(version, 'v3.1.0')) {
    out.note(
      ['team'],
      'deprecated',
      'Since 3.1 a team is a group with members. The upgrade rewrites it.',
    );
  }
  const members = isGroup(team) ? team.members : team;
  const path = isGroup(team) ? ['team', 'members'] : ['team'];
  for (const { entry, index } of groupsIn(members)) {
    const { dateIn, dateOut } = entry;
    if (typeof dateIn === 'string' && typeof dateOut === 'string' && dateOut < dateIn) {
      out.warn(
        [...path, index, 'dateOut'],
        'crossed-dates',
        `${dateOut} is before ${dateIn}. Correct one of them.`,
      );
    }
  }
  if (contract.slaDefaultElement !== undefined && isSince(version, 'v3.1.0')) {
    const message = 'Deprecated since 3.1. Write the element at each service level.';
    out.note(['slaDefaultElement'], 'deprecated', message);
  }
}
