import { z } from 'zod';
import { LIMITS } from './limits';

/** A statement as it can be kept; whether it is one is DuckDB's to say. */
export const QueryText = z
  .string()
  .max(LIMITS.sqlChars, `Use at most ${LIMITS.sqlChars.toLocaleString('en')} characters`)
  .refine((sql) => sql.trim() !== '', 'Write one SELECT statement')
  .refine(
    (sql) => !sql.includes('\0') && sql.isWellFormed(),
    'The text holds characters that cannot be kept: NUL, or half of a pair',
  );
