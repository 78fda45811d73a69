import type { Prisma } from '@/lib/core';

/** The properties of a data product, in the order in which levels are kept and shown. */
export const PROPERTIES = [
  'discoverable',
  'addressable',
  'understandable',
  'trustworthy',
  'accessible',
  'interoperable',
  'valuable',
  'secure',
] as const;
export type Property = (typeof PROPERTIES)[number];

export const PROPERTY_WORDS: Record<Property, { title: string; about: string }> = {
  discoverable: { title: 'Discoverable', about: 'People find it by the words that they use.' },
  addressable: {
    title: 'Addressable',
    about: 'It has an address that lasts, also of earlier states.',
  },
  understandable: {
    title: 'Understandable',
    about: 'It says what its rows mean, and how to use them.',
  },
  trustworthy: {
    title: 'Trustworthy',
    about: 'It promises, measures, and keeps what it promises.',
  },
  accessible: {
    title: 'Natively accessible',
    about: 'People read it with the tools that they have.',
  },
  interoperable: { title: 'Interoperable', about: 'It can be put together with other products.' },
  valuable: { title: 'Valuable', about: 'Others use it, and say that it helps.' },
  secure: { title: 'Secure', about: 'Only those read it who should.' },
};

export const LEVELS = ['None', 'Bronze', 'Silver', 'Gold'] as const;
/** 0 none, 1 bronze, 2 silver, 3 gold. */
export type Level = 0 | 1 | 2 | 3;

/** Who can do what a check asks for: its owner, a steward, or the people who use the product. */
export type Doer = 'owner' | 'steward' | 'users';

/** A question to the facts of products. */
export interface Check {
  id: string;
  property: Property;
  /** The level that needs it. */
  level: 1 | 2 | 3;
  /** Its share of the score. */
  weight: number;
  /** The state that passes, as a short sentence. */
  title: string;
  /** Exactly when it passes, and why that matters. */
  words: string;
  /**
   * What to do where it fails, who does it, and where: a page of the product, a place of its overview (`#terms`), or a
   * path of the portal in which `{domain}` stands for its domain.
   */
  next: { words: string; by: Doer; path: string };
  /**
   * One row for each product of `s` (id, domainId, ownerId, name, title, description, classification, status, version,
   * tags, `text` of its documentation, `spec` of its contract): `id`, `passes`, and `why`, a sentence of evidence.
   */
  sql: (at: Date) => Prisma.Sql;
}
