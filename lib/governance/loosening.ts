import {
  type AccessMode,
  type Classification,
  compareQuantities,
  durationToMs,
  isDuration,
  MONITORED,
  type MonitoringRule,
  type Permission,
  parseDuration,
  parseSchedule,
  parseThreshold,
} from '@/lib/specs';

/** What a role may do, and with which data. */
export interface AccessRule {
  permissions: Permission[];
  dataAccess: Classification[];
}

/** Whether the second value asks for less than the first. Pure; unlike things never compare as looser. */
export type Loosens<T> = (before: T, after: T) => boolean;

const within = <T>(all: readonly T[], part: readonly T[]) => part.every((one) => all.includes(one));

/** Kept longer than before: personal data lives on. */
export const retentionLoosens: Loosens<string | number> = (before, after) => {
  const [a, b] = [parseDuration(before), parseDuration(after)];
  return a !== null && b !== null && (compareQuantities(b, a) ?? 0) > 0;
};

export const encryptionLoosens: Loosens<'optional' | 'required'> = (before, after) =>
  before === 'required' && after === 'optional';

/** More may be done, or more data is reached. */
export const accessLoosens: Loosens<AccessRule> = (before, after) =>
  !within(before.permissions, after.permissions) || !within(before.dataAccess, after.dataAccess);

/** Lower for shares and counts; longer for ages and latencies. */
export const thresholdLoosens: Loosens<string | number> = (before, after) => {
  const a = parseDuration(before) ?? parseThreshold(before);
  const b = parseDuration(after) ?? parseThreshold(after);
  if (!a || !b) return false;
  const comparable = { ...b, unit: b.unit === 'number' ? a.unit : b.unit };
  const order = compareQuantities(comparable, a);
  if (order === null) return true;
  const isCeiling = isDuration(a) || a.operator === '<' || a.operator === '<=';
  return isCeiling ? order > 0 : order < 0;
};

export const enforcementLoosens: Loosens<'warning' | 'error'> = (before, after) =>
  before === 'error' && after === 'warning';

const STRICTNESS: Record<AccessMode, number> = {
  role_based: 0,
  attribute_based: 1,
  strict_role_based: 2,
};
export const modeLoosens: Loosens<AccessMode> = (before, after) =>
  STRICTNESS[after] < STRICTNESS[before];

/** A requirement of a law that was asked for is asked for no more. */
export const requirementsLoosen: Loosens<Record<string, boolean | number | string>> = (
  before,
  after,
) =>
  Object.entries(before).some(
    ([name, value]) => value === true && name in after && after[name] !== true,
  );

/** From always (0) to never; null for a cron expression, which compares with nothing. */
function pause(frequency: string | undefined): number | null {
  const schedule = frequency === undefined ? null : parseSchedule(frequency);
  if (schedule?.kind === 'continuous') return 0;
  if (schedule?.kind === 'interval') return durationToMs(schedule.every);
  return schedule?.kind === 'manual' ? Number.POSITIVE_INFINITY : null;
}

function isSeldomer(before: string | undefined, after: string | undefined): boolean {
  if (before === after) return false;
  const [a, b] = [pause(before), pause(after)];
  return a === null || b === null || b > a;
}

/** Found less often, less gravely, told to a higher person later, or not at all; where nothing is said, MONITORED holds. */
export const monitoringLoosens: Loosens<MonitoringRule> = (before, after) => {
  const [a, b] = [before, after].map((one) => ({ ...MONITORED[one.rule], ...one }));
  if (!a || !b || (!MONITORED[after.rule] && a.frequency === undefined)) return false;
  const [waits, wouldWait] = [a, b].map((one) => parseDuration(one.escalate_after ?? ''));
  return (
    (a.enabled !== false && b.enabled === false) ||
    (a.threshold === 'error' && b.threshold === 'warning') ||
    isSeldomer(a.frequency, b.frequency) ||
    (waits != null && wouldWait != null && (compareQuantities(wouldWait, waits) ?? 0) > 0)
  );
};

export const approvalLoosens: Loosens<'one_person' | 'two_people'> = (before, after) =>
  before === 'two_people' && after === 'one_person';

export const tagsLoosen: Loosens<'any' | 'approved_only'> = (before, after) =>
  before === 'approved_only' && after === 'any';
