import { createHash } from 'node:crypto';
import { AppError, db } from '@/lib/core';

/** Attempts within a window. The account alone gets more, so that a stranger cannot lock it easily. */
const LIMITS = { pair: 10, account: 50, address: 100 };
const WINDOW_S = 15 * 60;

function keysOf(email: string, ip: string | undefined): { key: string; limit: number }[] {
  // Hashed, because people type passwords into the wrong field.
  const account = createHash('sha256').update(email).digest('base64url');
  const address = ip ?? 'unknown';
  return [
    { key: `account:${account}`, limit: LIMITS.account },
    { key: `address:${address}`, limit: LIMITS.address },
    { key: `pair:${account}:${address}`, limit: LIMITS.pair },
  ];
}

interface Counted {
  attempts: number;
  waitS: number;
}

/** One row a statement: whoever locks a single row cannot take part in a deadlock. */
async function countOne(key: string): Promise<Counted> {
  const [row] = await db().$queryRaw<Counted[]>`
    insert into sign_in_attempt as held (key, attempts, "resetsAt")
    values (${key}, 1, now() + make_interval(secs => ${WINDOW_S}))
    on conflict (key) do update set
      attempts = case when held."resetsAt" <= now() then 1 else held.attempts + 1 end,
      "resetsAt" = case when held."resetsAt" <= now() then excluded."resetsAt" else held."resetsAt" end
    returning attempts, extract(epoch from "resetsAt" - now())::float8 as "waitS"`;
  return row!;
}

/**
 * Counts an attempt before its password is looked at, so that many at once cannot slip through.
 * @throws AppError rate_limited with `retryAfterS`.
 */
export async function countAttempt(email: string, ip: string | undefined): Promise<void> {
  const counted = await Promise.all(
    keysOf(email, ip).map(async ({ key, limit }) => ({ ...(await countOne(key)), limit })),
  );
  const over = counted.filter(({ attempts, limit }) => attempts > limit);
  if (over.length === 0) return;
  const retryAfterS = Math.ceil(Math.max(...over.map((row) => row.waitS)));
  throw new AppError(
    'rate_limited',
    `Too many attempts to sign in. Try again in ${Math.ceil(retryAfterS / 60)} minutes.`,
    { retryAfterS },
  );
}

/**
 * Counts one attempt of whoever `key` stands for, within the same window. @throws AppError rate_limited with `retryAfterS`
 */
export async function requireRate(key: string, limit: number, message: string): Promise<void> {
  const { attempts, waitS } = await countOne(key);
  if (attempts <= limit) return;
  throw new AppError('rate_limited', message, { retryAfterS: Math.ceil(waitS) });
}

/** After the right password: the person's count starts afresh, and what has run out is swept. */
export async function forgetAttempts(email: string, ip: string | undefined): Promise<void> {
  for (const { key } of keysOf(email, ip)) {
    if (key.startsWith('address:')) {
      await db().$executeRaw`update sign_in_attempt set attempts = greatest(attempts - 1, 0)
        where key = ${key}`;
    } else await db().$executeRaw`delete from sign_in_attempt where key = ${key}`;
  }
  await db().$executeRaw`delete from sign_in_attempt where key in (select key from sign_in_attempt
    where "resetsAt" <= now() limit 1000 for update skip locked)`;
}
