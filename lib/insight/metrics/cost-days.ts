/** Where costs come from. */
export const COST_SOURCE =
  'Snapshots from the moment they are ready to the moment they are removed, times of loads and checks, and reads as they are answered; at once. Versions of the prices.';
