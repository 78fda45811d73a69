import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';

/** OWASP's parameters for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MIN_LENGTH = 12;
const MAX_LENGTH = 200;

/** Length is what makes a password strong (NIST SP 800-63B): no rules about kinds of character. */
export const Password = z
  .string()
  .min(MIN_LENGTH, `Use at least ${MIN_LENGTH} characters. A few unrelated words work well.`)
  .max(MAX_LENGTH, `Use at most ${MAX_LENGTH} characters.`)
  .refine((password) => new Set(password).size >= 5, {
    error: 'Use at least 5 different characters.',
  });

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON);

const store = globalThis as { __portolanNoPassword?: Promise<string> };

/**
 * Whether the password is right. For an account that does not exist (or has none) it works just as
 * long, so that the answer's time does not tell which accounts exist.
 */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  store.__portolanNoPassword ??= hashPassword('the password of nobody');
  const isRight = await verify(stored ?? (await store.__portolanNoPassword), password);
  return stored !== null && isRight;
}
