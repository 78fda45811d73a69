import pino, { type Logger } from 'pino';
import { env } from './env';

const store = globalThis as { __portolanLog?: Logger };

const SECRETS = ['password', 'token', 'secret', 'authorization', 'cookie', 'key'];

/** The process's JSON log on standard output; values under secret-looking keys are never written. */
export function log(): Logger {
  store.__portolanLog ??= pino({
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
  });
  return store.__portolanLog;
}
