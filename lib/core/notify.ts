import pg from 'pg';
import type { Tx } from './db';
import { env } from './env';
import { log } from './log';

/** Channels by which processes tell each other that something they may have cached has changed. */
export const CHANNELS = [
  'portolan_alert',
  'portolan_access',
  'portolan_opt_out',
  'portolan_policy',
  'portolan_product',
  'portolan_run',
] as const;
export type Channel = (typeof CHANNELS)[number];
type Listener = (payload: string) => void;

interface Bus {
  listeners: Map<Channel, Set<Listener>>;
  client?: pg.Client;
  starting?: Promise<void>;
  retry?: NodeJS.Timeout;
  pulse?: NodeJS.Timeout;
  isConnected: boolean;
  /** Pulses since the connection's last answer. */
  unanswered: number;
  isClosed: boolean;
}
/**
 * The connection is asked for an answer at each pulse and given up after so many without one. Pulses are counted,
 * not seconds: a process that had no turn itself has missed nothing, its notifications wait for it.
 */
const PULSE_MS = 500;
const MAX_UNANSWERED = 4;
const RETRY_MS = 250;

/** How PostgreSQL names the connection in pg_stat_activity. */
const LISTENER = 'portolan-notifications';

const store = globalThis as { __portolanBus?: Bus };

function bus(): Bus {
  store.__portolanBus ??= {
    listeners: new Map(),
    isConnected: false,
    unanswered: 0,
    isClosed: false,
  };
  return store.__portolanBus;
}

/** Sent on commit, to every process, this one too. `payload` is an id, at most 200 characters. */
export async function notify(tx: Tx, channel: Channel, payload: string): Promise<void> {
  await tx.$executeRaw`select pg_notify(${channel}, ${payload})`;
}

/**
 * Calls `listener` for each notification, and with '' whenever the connection was lost and came
 * back (anything may have been missed: drop the whole cache). Returns the way to stop; resolves
 * once the process really listens.
 */
export async function listen(channel: Channel, listener: Listener): Promise<() => void> {
  const held = bus();
  const set = held.listeners.get(channel) ?? new Set();
  held.listeners.set(channel, set.add(listener));
  held.starting ??= connect(held);
  await held.starting;
  return () => set.delete(listener);
}

/**
 * Whether notifications reach this process now. While it is false, what a listener would have dropped from
 * a cache may still be in it: ask the database and keep nothing.
 */
export function isHearing(): boolean {
  return bus().isConnected;
}

function tellAll(held: Bus): void {
  for (const set of held.listeners.values()) for (const listener of set) listener('');
}

async function connect(held: Bus): Promise<void> {
  const client = new pg.Client({
    connectionString: env().databaseUrl,
    application_name: LISTENER,
    connectionTimeoutMillis: 5000,
  });
  client.on('notification', (message) => {
    const set = held.listeners.get(message.channel as Channel);
    for (const listener of set ?? []) listener(message.payload ?? '');
  });
  let isLost = false;
  const lose = (error?: Error) => {
    if (isLost || held.isClosed) return;
    isLost = true;
    held.isConnected = false;
    clearInterval(held.pulse);
    if (error) log().warn({ reason: error.message }, 'notification connection lost');
    // Without an answer a polite end would wait for one.
    void client.end().catch(() => undefined);
    tellAll(held);
    held.retry = setTimeout(() => {
      held.starting = connect(held).then(() => tellAll(held));
    }, RETRY_MS);
  };
  client.on('error', lose);
  client.on('end', () => lose());
  try {
    await client.connect();
    for (const channel of CHANNELS) await client.query(`listen ${channel}`);
    held.client = client;
    held.isConnected = true;
    held.unanswered = 0;
    held.pulse = setInterval(() => void prove(held, client).catch(lose), PULSE_MS).unref();
  } catch (error) {
    lose(error as Error);
  }
}

/** A connection can be dead without an end (a network that swallows it): only an answer proves it alive. */
async function prove(held: Bus, client: pg.Client): Promise<void> {
  held.unanswered += 1;
  if (held.unanswered > MAX_UNANSWERED) throw new Error('it gives no answer');
  if (held.unanswered > 1) return;
  await client.query('select 1');
  held.unanswered = 0;
}

/** For the end of a process or of a test file. */
export async function closeBus(): Promise<void> {
  const held = bus();
  held.isClosed = true;
  clearTimeout(held.retry);
  clearInterval(held.pulse);
  store.__portolanBus = undefined;
  await held.client?.end();
}
