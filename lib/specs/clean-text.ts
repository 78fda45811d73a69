import { z } from 'zod';

/**
 * Characters that turn, hide or swallow the text around them: controls but line breaks and tabs, marks that change the
 * direction of what follows (UAX #9), invisible separators, halves of characters. Joiners stay: scripts need them.
 */
const UNSAFE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const LINES = /\n{3,}/g;

/** What people typed, as it is kept: composed (NFC), without unsafe characters, at most one empty line in a row. */
export const cleanText = (text: string): string =>
  text.normalize('NFC').replace(/\r\n?/g, '\n').replace(UNSAFE, '').replace(LINES, '\n\n').trim();

/** @param least characters that have to be left of it */
export function textOf(most: number, least: number, ask: string) {
  return z
    .string()
    .max(most * 2, `Write at most ${most} characters`)
    .transform(cleanText)
    .pipe(z.string().min(least, ask).max(most, `Write at most ${most} characters`));
}
