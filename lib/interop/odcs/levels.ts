import {
  durationToMs,
  isDuration,
  parseDuration,
  parseThreshold,
  printQuantity,
  type Quantity,
  sloTargets,
} from '@/lib/specs';
import { type Slo, TARGETS } from '../known';
import { type Group, groupsIn, textOf } from '../shape';

type Target = (typeof TARGETS)[number];
const UNITS: Record<string, string> = {
  percent: '%',
  ms: 'ms',
  seconds: 's',
  minutes: 'min',
  hours: 'h',
  days: 'd',
  weeks: 'week',
  months: 'month',
  years: 'y',
  number: '',
};
/** A response comes within seconds; what takes longer is how late the data is. */
const LONGEST_RESPONSE_MS = 60_000;

/** Which objective a service level states, and its value; null for those that are only kept. */
function targetOf(level: Group): { target: Target; quantity: Quantity } | null {
  const property = textOf(level.property)?.toLowerCase() ?? '';
  const { value } = level;
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const unit = textOf(level.unit) ?? '';
  const bare = typeof value === 'number' || /^[\d.]+$/.test(value.trim());
  const quantity = parseThreshold(bare ? `${value} ${unit}`.trim() : value) ?? parseDuration(value);
  if (!quantity) return null;
  if (property === 'availability' || property === 'completeness') {
    const isShare = quantity.unit === 'percent' || quantity.unit === 'number';
    return isShare && quantity.value <= 100
      ? { target: property, quantity: { ...quantity, unit: 'percent' } }
      : null;
  }
  if (!isDuration(quantity)) return null;
  if (property === 'freshness') return { target: 'freshness', quantity };
  if (property !== 'latency') return null;
  const isResponse = durationToMs(quantity) <= LONGEST_RESPONSE_MS;
  return { target: isResponse ? 'latency' : 'freshness', quantity };
}

/** The first service level that states each objective. */
function statedBy(levels: unknown): Map<Target, { index: number; quantity: Quantity }> {
  const stated = new Map<Target, { index: number; quantity: Quantity }>();
  const found = groupsIn(levels).flatMap(({ entry, index }) => {
    const hit = targetOf(entry);
    return hit ? [{ ...hit, index, isNamed: textOf(entry.property) === hit.target }] : [];
  });
  // "freshness" itself comes before a "latency" that is read as one.
  for (const { target, index, quantity } of found.sort(
    (a, b) => Number(b.isNamed) - Number(a.isNamed),
  )) {
    if (!stated.has(target)) stated.set(target, { index, quantity });
  }
  return stated;
}

export function sloOf(levels: unknown): Slo {
  const stated = statedBy(levels);
  return Object.fromEntries(
    TARGETS.flatMap((target) => {
      const quantity = stated.get(target)?.quantity;
      if (!quantity) return [];
      const isShare = target === 'availability' || target === 'completeness';
      const shown = isShare
        ? { ...quantity, operator: undefined }
        : { operator: '<' as const, ...quantity };
      const { operator, ...plain } = shown;
      return [[target, printQuantity(operator ? { ...plain, operator } : plain)]];
    }),
  );
}

function levelOf(target: Target, { value, unit }: Quantity): Group {
  return { property: target, value, ...(UNITS[unit] && { unit: UNITS[unit] }) };
}

/** The service levels with the objectives of now; the others stay as they are. */
export function overlayLevels(levels: unknown, slo: Slo): unknown[] {
  const list: unknown[] = Array.isArray(levels) ? [...levels] : [];
  const stated = statedBy(levels);
  const now = sloTargets(slo);
  const gone = new Set<number>();
  for (const target of TARGETS) {
    const was = stated.get(target);
    const wanted = now[target];
    if (!wanted) {
      if (was) gone.add(was.index);
    } else if (!was) {
      list.push(levelOf(target, wanted));
    } else if (was.quantity.value !== wanted.value || was.quantity.unit !== wanted.unit) {
      const { property: _name, ...fresh } = levelOf(target, wanted);
      list[was.index] = { ...(list[was.index] as Group), ...fresh };
    }
  }
  return list.filter((_, index) => !gone.has(index));
}
