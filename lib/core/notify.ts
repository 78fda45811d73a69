import pg from 'pg';
import type { Tx } from './db';
import { env } from './env';
import { log } from './log';

/** Channels by which processes tell each other that something they may have cached has changed. */
export const CHANNELS = [
  'portolan_alert',
  'portolan_access',
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
  isClosed: boolean;
}
const store = globalThis as { __portolanBus?: Bus };

function bus(): Bus {
  store.__portolanBus ??= { listeners: new Map(), isClosed: false };
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

async function connect(held: Bus): Promise<void> {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  client.on('notification', (message) => {
    const set = held.listeners.get(message.channel as Channel);
    for (const listener of set ?? []) listener(message.payload ?? '');
  });
  let isLost = false;
  const lose = (error?: Error) => {
    if (isLost || held.isClosed) return;
    isLost = true;
    if (error) log().warn({ err: error }, 'notification connection lost');
    for (const set of held.listeners.values()) for (const listener of set) listener('');
    held.retry = setTimeout(() => {
      held.starting = connect(held).then(() => {
        for (const set of held.listeners.values()) for (const listener of set) listener('');
      });
    }, 250);
  };
  client.on('error', lose);
  client.on('end', () => lose());
  try {
    await client.connect();
    for (const channel of CHANNELS) await client.query(`listen ${channel}`);
    held.client = client;
  } catch (error) {
    lose(error as Error);
  }
}

/** For the end of a process or of a test file. */
export async function closeBus(): Promise<void> {
  const held = bus();
  held.isClosed = true;
  clearTimeout(held.retry);
  store.__portolanBus = undefined;
  await held.client?.end();
}
