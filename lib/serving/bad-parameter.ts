import { AppError } from '@/lib/core/errors';

/** A 400 that names the parameter at fault. */
export function badParameter(
  parameter: string,
  message: string,
  details: Record<string, unknown> = {},
): AppError {
  return new AppError('invalid', message, {
    parameter,
    ...details,
    errors: [{ parameter, detail: message }],
  });
}

/** User text inside a message: short, and on one line. */
export function shown(text: string): string {
  const plain = text.replaceAll(/\p{C}/gu, ' ');
  return plain.length > 60 ? `${plain.slice(0, 57)}…` : plain;
}
