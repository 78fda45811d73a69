import { type Check, type Level, PROPERTIES, type Property } from './checks/check';

/** 'unknown': it could not be computed, and counts neither way. */
export type State = 'pass' | 'fail' | 'unknown';
/** By check: what it said, and why. */
export type Results = Record<string, [state: State, why: string]>;
/** What levels and score are computed from. */
export type Counted = Pick<Check, 'id' | 'property' | 'level' | 'weight'>;

export interface Standing {
  level: Level;
  /** The weight of what passes, of 100. */
  score: number;
  /** By property, in the order of PROPERTIES. */
  levels: Level[];
}

/** The level that checks reach: each of it and below passes. Without a check there is nothing to miss. */
function reached(checks: readonly Counted[], results: Results): Level {
  for (const level of [1, 2, 3] as const) {
    const misses = checks.some((check) => check.level === level && isFailing(check, results));
    if (misses) return (level - 1) as Level;
  }
  return 3;
}

const isFailing = ({ id }: Counted, results: Results) => results[id]?.[0] === 'fail';

/** What a product's results come to. The level of the whole is the one that every property has reached. */
export function standingOf(checks: readonly Counted[], results: Results): Standing {
  const levels = PROPERTIES.map((property) =>
    reached(
      checks.filter((check) => check.property === property),
      results,
    ),
  );
  const counted = checks.filter(({ id }) => results[id] && results[id][0] !== 'unknown');
  const sum = (some: readonly Counted[]) => some.reduce((all, { weight }) => all + weight, 0);
  const passing = counted.filter(({ id }) => results[id]?.[0] === 'pass');
  const score = counted.length === 0 ? 0 : (100 * sum(passing)) / sum(counted);
  const level = Math.min(...levels) as Level;
  return { level, score: Math.round(score * 10) / 10, levels };
}

/** A check that fails, and what passing it would lift. */
export interface Step<C extends Counted> {
  check: C;
  /** The property whose next level it alone holds back, and that level; null when others hold it back too. */
  lifts: { property: Property; level: Level } | null;
  /** It holds back the next level of the whole. */
  isBlocking: boolean;
}

/**
 * The checks that fail, in the order that lifts the level soonest: first what holds back the next level of the whole, of
 * those the property that misses fewest, then the heaviest; after them what later levels ask for.
 */
export function nextSteps<C extends Counted>(checks: readonly C[], results: Results): Step<C>[] {
  const { level, levels } = standingOf(checks, results);
  const failing = checks.filter((check) => isFailing(check, results));
  const missing = (property: Property, upTo: number) =>
    failing.filter((check) => check.property === property && check.level <= upTo).length;
  const steps = failing.map((check) => {
    const next = ((levels[PROPERTIES.indexOf(check.property)] ?? 0) + 1) as Level;
    const isAlone = check.level === next && missing(check.property, next) === 1;
    return {
      check,
      lifts: isAlone ? { property: check.property, level: liftedTo(checks, results, check) } : null,
      isBlocking: check.level <= level + 1,
    };
  });
  return steps.sort(
    (a, b) =>
      a.check.level - b.check.level ||
      missing(a.check.property, a.check.level) - missing(b.check.property, b.check.level) ||
      b.check.weight - a.check.weight ||
      PROPERTIES.indexOf(a.check.property) - PROPERTIES.indexOf(b.check.property),
  );
}

/** The level of a check's property once the check passes. */
function liftedTo(checks: readonly Counted[], results: Results, check: Counted): Level {
  const own = checks.filter(({ property }) => property === check.property);
  return reached(own, { ...results, [check.id]: ['pass', ''] });
}
