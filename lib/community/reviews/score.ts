/** What a product without reviews stands for, and how many reviews that weighs. */
export const PRIOR_STARS = 3;
export const PRIOR_WEIGHT = 5;

/**
 * The Bayesian average by which products are put in order: (5 × 3 + the sum of the stars) / (5 + how many). One
 * enthusiast lifts a product a little, many lift it much, and without a review it stands in the middle.
 */
export const scoreOf = (count: number, sum: number): number =>
  (PRIOR_WEIGHT * PRIOR_STARS + sum) / (PRIOR_WEIGHT + count);
