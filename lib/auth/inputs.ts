import { z } from 'zod';
import { PLATFORM_ROLES } from '@/lib/core';

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('Write an e-mail address, for example ada@example.com.'));

/** What people read beside each other in lists: no control characters. */
export const PersonName = z
  .string()
  .trim()
  .min(1, 'Write a name.')
  .max(120, 'Use at most 120 characters.')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use printable characters only.');

export const PlatformRoles = z
  .array(z.enum(PLATFORM_ROLES))
  .transform((roles) => [...new Set(roles)]);
