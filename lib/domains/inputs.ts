import { z } from 'zod';

export const DomainTitle = z
  .string()
  .trim()
  .min(2, 'Use at least 2 characters.')
  .max(80, 'Use at most 80 characters.')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use printable characters only.');

export const DomainDescription = z
  .string()
  .trim()
  .max(4000, 'Use at most 4,000 characters.')
  .refine((text) => text.isWellFormed() && !text.includes('\0'), {
    error: 'Use printable characters only.',
  });
