/** As lib/lineage has them; what runs in browsers imports no module of lib. */
export const DIRECTIONS = ['both', 'upstream', 'downstream'] as const;
export type Direction = (typeof DIRECTIONS)[number];
