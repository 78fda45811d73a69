/** Stands in every text that nobody without a right may read. */
export const SECRET = 'hush';
export const text = (what: string) => `${SECRET} ${what}`;
/** An object as Prisma takes it for a JSON column. */
export const json = (value: unknown) => value as object;
