import type { Prisma } from '@/lib/core';
import type { Costs } from '../cost/kinds';

export type MetricGroup = 'technical' | 'business' | 'cost' | 'delivery';
/** `money` is told in the currency of the prices: a figure's unit is then its code (ISO 4217). */
export type MetricUnit =
  | 'count'
  | 'ratio'
  | 'percent'
  | 'milliseconds'
  | 'hours'
  | 'bytes'
  | 'stars'
  | 'money';

/**
 * How facts become a figure. `sum`: num added up. `mean`: num over den. `median`: the middle of num. `people`: how
 * many different people. `level`: what all facts up to a moment add up to.
 * `share`: num over den of all facts up to a moment. `state`: num over den as it stands now, without a past.
 */
export type Fold = 'sum' | 'mean' | 'median' | 'people' | 'level' | 'share' | 'state';

/** Half open, whole UTC days: what happened at `to` is not in it. */
export interface Window {
  from: Date;
  to: Date;
  /** A condition on `product p`: only facts of these are asked for. Whoever can find them sooner by it may; others leave it. */
  within?: Prisma.Sql | undefined;
}

/** One metric of the catalogue; cards, charts, documentation, API and Prometheus read it from here. */
export interface Metric {
  id: string;
  title: string;
  group: MetricGroup;
  unit: MetricUnit;
  /** Which way is better. */
  direction: 'up' | 'down';
  fold: Fold;
  /** The figure is the change of the period against the one before, in percent. */
  isChange?: true;
  /** The facts are about the portal as a whole: they name no product, and there is no figure of a domain. */
  isOfPortal?: true;
  /** It has a sign, though it is no change. */
  mayBeNegative?: true;
  /** A change is told as what it fell by. */
  isFall?: true;
  /** What the course shows, where the figure is a change: "Reads". */
  course?: string;
  /** And its unit. */
  courseUnit?: MetricUnit;
  /** What num is multiplied with: 100 for a share in percent. */
  factor?: number;
  /** In words: what is counted, what is left out. */
  definition: string;
  /** What one fact is, in the plural: "runs". */
  facts: string;
  /** What `n` counts, where a fact stands for many. */
  observations?: string;
  /** Where the facts come from, and how old they can be. */
  source: string;
  /** Who answers for the definition. */
  owner: 'Platform team' | 'Governance' | 'Domain teams';
  /** With fewer facts than this there is no figure. */
  minimum: number;
  /**
   * One row a fact: `at`, `productId` (null where it is about the portal), `num`, `den`, `n` (how many observations it stands
   * for), `key`, `label`. A level and a share get facts from the beginning on, everything else those of the window. Those of
   * `people` have a `chunk` and the bits of its `readers` as well.
   */
  sql: (window: Window) => Prisma.Sql;
  /**
   * What the facts come to is kept by domain and day, until one of them changes: triggers of `metric_facts_changed` on every
   * table that they come from see to it. Only for facts that are added up, one day's apart from another's; of a median,
   * how many there are of each size, and an index on `metric_bin(num)` and the moment of a fact.
   */
  isKept?: true;
  /** The same facts added up by domain, where such are kept: `domainId` in place of `productId`, and no words. */
  byDomain?: (window: Window) => Prisma.Sql;
  /** What it is made of, where it is a cost: its figures are found by `lib/insight/cost/ask-costs.ts`. */
  costs?: Costs;
}
