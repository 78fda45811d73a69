const DAY_MS = 86_400_000;

/** The shortest and the usual time for consumers to move to a version that breaks something, in days. */
export const MIN_WINDOW_DAYS = 14;
export const DEFAULT_WINDOW_DAYS = 30;
export const MAX_WINDOW_DAYS = 730;

export const daysAfter = (from: Date, days: number): Date =>
  new Date(from.getTime() + days * DAY_MS);

/** From when on a proposal may take effect without the consumers who have not answered. */
export const windowEnd = (proposal: { createdAt: Date; windowDays: number }): Date =>
  daysAfter(proposal.createdAt, proposal.windowDays);
