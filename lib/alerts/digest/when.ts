export const DIGESTS = ['immediate', 'daily', 'weekly'] as const;
export type Digest = (typeof DIGESTS)[number];

/** Digests leave at this hour, UTC; weekly ones on Mondays. */
export const DIGEST_HOUR = 7;
const DAY_MS = 86_400_000;
const MONDAY = 1;

/** When what is told at `at` leaves. */
export function leavesAt(every: Digest, at: Date): Date {
  if (every === 'immediate') return at;
  const leaves = new Date(at);
  leaves.setUTCHours(DIGEST_HOUR, 0, 0, 0);
  if (leaves <= at) leaves.setTime(leaves.getTime() + DAY_MS);
  if (every === 'weekly') {
    const days = (MONDAY - leaves.getUTCDay() + 7) % 7;
    leaves.setTime(leaves.getTime() + days * DAY_MS);
  }
  return leaves;
}
