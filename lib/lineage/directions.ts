/** Plain values, for browsers too. */
export const DIRECTIONS = ['both', 'upstream', 'downstream'] as const;
export type Direction = (typeof DIRECTIONS)[number];
/** Steps that a question for the products around one goes at most. */
export const MAX_DEPTH = 5;
