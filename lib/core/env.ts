import path from 'node:path';
import { z } from 'zod';

const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((value) => value === 'true' || value === '1');

/** Every variable that Portolan reads; no other file looks at `process.env`. */
const Env = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORTOLAN_HOME: z.string().default('.portolan'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** The address that people type; cookies and OIDC redirects are made from it. */
  PORTOLAN_URL: z.url().optional(),
  /** Where probes of the objectives ask; PORTOLAN_URL unless this host cannot reach that. */
  PORTOLAN_PROBE_URL: z.url().optional(),
  /** True when a reverse proxy in front sets X-Forwarded-For. */
  PORTOLAN_TRUST_PROXY: flag.default(false),
  DATABASE_URL: z.string().optional(),
  /** Set by the supervisor: the insert-only application role, and the role that migrates. */
  PORTOLAN_APP_DATABASE_URL: z.string().optional(),
  PORTOLAN_OWNER_DATABASE_URL: z.string().optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  /** For so many whole months each read is kept as an event of its own; figures stay. */
  PORTOLAN_USAGE_MONTHS: z.coerce.number().int().min(4).max(1200).default(13),
  /** For so many whole months it is kept who read which product on which day; how much was read stays. */
  PORTOLAN_READER_MONTHS: z.coerce.number().int().min(6).max(1200).default(13),
  PORTOLAN_MASTER_KEY: z.string().optional(),
  PORTOLAN_AUTH_SECRET: z.string().min(32).optional(),
  PORTOLAN_DEMO: flag.default(true),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
  OIDC_SCOPE: z.string().default('openid email profile'),
  /** True when every e-mail address of the issuer is verified though it sends no email_verified claim. */
  OIDC_TRUST_EMAIL: flag.default(false),
  /** The claim that holds a person's groups. */
  OIDC_GROUP_CLAIM: z.string().default('groups'),
  /** `group=role` pairs separated by commas: `mesh-admins=platform_admin,sales-eng=sales:data_producer`. */
  OIDC_GROUP_ROLES: z.string().default(''),
  PORTOLAN_MAX_UPLOAD_BYTES: z.coerce.number().int().positive().default(2_147_483_648),
  PORTOLAN_LAKE_MEMORY_MB: z.coerce.number().int().min(128).default(1024),
  /** `smtp://user:password@host:587` or `smtps://…`; without it no e-mail is sent. */
  PORTOLAN_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Whom e-mails are from. */
  PORTOLAN_MAIL_FROM: z.string().default('Portolan <portolan@localhost>'),
  /** True lets webhooks reach private addresses and plain http. */
  PORTOLAN_WEBHOOK_ALLOW_PRIVATE: flag.default(false),
  PORTOLAN_WORKER_ID: z.string().optional(),
  /** Names the executor whose durable runs this worker may resume. */
  PORTOLAN_APP_VERSION: z.string().default('1'),
  PORTOLAN_DIST: z.string().default('.next'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type Env = z.infer<typeof Env> & { home: string; databaseUrl: string };

const store = globalThis as { __portolanEnv?: Env };

/**
 * The process's configuration, parsed once.
 * @throws Error naming each variable that is wrong.
 */
export function env(): Env {
  if (store.__portolanEnv) return store.__portolanEnv;
  // `PORT= npm start` means the default, as leaving it out does.
  const given = Object.entries(process.env).filter(([, value]) => value?.trim());
  const parsed = Env.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not valid. ${lines.join('; ')}`);
  }
  const databaseUrl = parsed.data.PORTOLAN_APP_DATABASE_URL ?? parsed.data.DATABASE_URL ?? '';
  const home = path.resolve(/* turbopackIgnore: true */ parsed.data.PORTOLAN_HOME);
  store.__portolanEnv = { ...parsed.data, home, databaseUrl };
  return store.__portolanEnv;
}

/** Scheme, host and port that people use. */
export function publicOrigin(): string {
  const { PORTOLAN_URL, HOST, PORT } = env();
  return new URL(PORTOLAN_URL ?? `http://${HOST}:${PORT}`).origin;
}

/** Sets variables that a command worked out (for instance the running database's address). */
export function setEnv(values: Record<string, string>): void {
  Object.assign(process.env, values);
  store.__portolanEnv = undefined;
}
