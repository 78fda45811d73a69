/** Fewer answers than this are never shown, nor released together. */
export const LEAST_ANSWERS = 5;
