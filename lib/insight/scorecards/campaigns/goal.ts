import { LEVELS, PROPERTIES, PROPERTY_WORDS, type Property } from '../checks/check';
import { checkOf } from '../checks/registry';
import type { Judged } from '../evaluate';

/** What a campaign's products should reach. */
export interface Goal {
  kind: string;
  /** The check, or the property. */
  target: string | null;
  level: number | null;
}

/** Whether a product is there; null where the goal’s check is not asked of it. */
export function isReached(
  goal: Goal,
  { level, levels, results }: Omit<Judged, 'productId' | 'score'>,
): boolean | null {
  if (goal.kind === 'check') {
    const result = results[goal.target ?? ''];
    return result ? result[0] === 'pass' : null;
  }
  const wanted = goal.level ?? 3;
  if (goal.kind === 'level') return level >= wanted;
  return (levels[PROPERTIES.indexOf(goal.target as Property)] ?? 0) >= wanted;
}

/** A goal in words. `titles`: of stewards' own checks. */
export function goalWords(goal: Goal, titles: ReadonlyMap<string, string>): string {
  const level = LEVELS[goal.level ?? 0];
  if (goal.kind === 'level') return `${level} in every property`;
  if (goal.kind === 'property')
    return `${level} in ${PROPERTY_WORDS[goal.target as Property].title}`;
  return (
    checkOf(goal.target ?? '')?.title ?? titles.get(goal.target ?? '') ?? `The check ${goal.target}`
  );
}
