import { ACCESSIBLE } from './accessible';
import { ADDRESSABLE } from './addressable';
import type { Check } from './check';
import { DISCOVERABLE } from './discoverable';
import { INTEROPERABLE } from './interoperable';
import { SECURE } from './secure';
import { TRUSTWORTHY } from './trustworthy';
import { UNDERSTANDABLE } from './understandable';
import { VALUABLE } from './valuable';

/** The checks that every product is put to, in the order in which they are shown. */
export const CHECKS: readonly Check[] = [
  ...DISCOVERABLE,
  ...ADDRESSABLE,
  ...UNDERSTANDABLE,
  ...TRUSTWORTHY,
  ...ACCESSIBLE,
  ...INTEROPERABLE,
  ...VALUABLE,
  ...SECURE,
];

const byId = new Map(CHECKS.map((check) => [check.id, check]));
export const checkOf = (id: string): Check | undefined => byId.get(id);
