/** How a column's values get into another's (OpenLineage: DIRECT). */
export const DIRECT = ['identity', 'transformation', 'aggregation'] as const;
/** How a column decides over rows or values that are not made of it (OpenLineage: INDIRECT). */
export const INDIRECT = ['join', 'filter', 'group_by', 'sort', 'window', 'conditional'] as const;
export type Direct = (typeof DIRECT)[number];
export type Indirect = (typeof INDIRECT)[number];
export type How = Direct | Indirect;

export interface Dep {
  /** The name under which the statement reads it. */
  input: string;
  column: string;
  how: How;
}

/** What something in a statement depends on, and why that is not all of it where it could not be told. */
export interface Deps {
  readonly found: ReadonlyMap<string, Dep>;
  readonly gaps: ReadonlySet<string>;
}

export const NONE: Deps = { found: new Map(), gaps: new Set() };
export const gap = (reason: string): Deps => ({ found: new Map(), gaps: new Set([reason]) });
export const isDirect = (how: How): how is Direct => DIRECT.includes(how as Direct);
const keyOf = ({ input, column, how }: Dep) => JSON.stringify([input, column, how]);

export function deps(list: Iterable<Dep>, gaps: ReadonlySet<string> = NONE.gaps): Deps {
  return { found: new Map([...list].map((dep) => [keyOf(dep), dep])), gaps };
}

export function union(parts: readonly Deps[]): Deps {
  const held = parts.filter(({ found, gaps }) => found.size + gaps.size > 0);
  if (held.length === 0) return NONE;
  if (held.length === 1) return held[0]!;
  return {
    found: new Map(held.flatMap(({ found }) => [...found])),
    gaps: new Set(held.flatMap(({ gaps }) => [...gaps])),
  };
}

/** Values that went through something: an aggregate stays one whatever is done to it afterwards. */
export function made(by: Direct, { found, gaps }: Deps): Deps {
  const through = (how: How): How =>
    isDirect(how) && DIRECT.indexOf(how) < DIRECT.indexOf(by) ? by : how;
  return deps(
    [...found.values()].map((dep) => ({ ...dep, how: through(dep.how) })),
    gaps,
  );
}

/** All of it as a condition. */
export function decides(how: Indirect, { found, gaps }: Deps): Deps {
  return deps(
    [...found.values()].map((dep) => ({ ...dep, how })),
    gaps,
  );
}
