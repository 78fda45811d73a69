import { type Ctx, log, pool, unavailable } from '@/lib/core';
import { appendAudit, viaPg } from './append';
import { type AuditEntry, type AuditInput, toEntry } from './event';

export interface DecisionInput extends AuditInput {
  decision: 'allow' | 'deny';
}

interface Waiting {
  entry: AuditEntry;
  resolve: (id: string) => void;
  reject: (error: unknown) => void;
}
interface Writer {
  queue: Waiting[];
  inFlight: number;
  isScheduled: boolean;
  idle: (() => void)[];
}

/** Batches that commit at the same time, each on a chain and a connection of its own. */
const MAX_IN_FLIGHT = 3;
const MAX_BATCH = 500;
const MAX_WAITING = 20_000;

const store = globalThis as { __portolanDecisions?: Writer };

function writer(): Writer {
  store.__portolanDecisions ??= { queue: [], inFlight: 0, isScheduled: false, idle: [] };
  return store.__portolanDecisions;
}

/**
 * Writes an access decision and resolves once it is durable. Callers that wait at the same time share
 * one commit. Do not call it inside a transaction: it takes a connection of its own.
 * @returns the audit row's id
 * @throws AppError unavailable when the log cannot be written: then nothing may be served either
 */
export function recordDecision(ctx: Ctx, input: DecisionInput): Promise<string> {
  const held = writer();
  if (held.queue.length >= MAX_WAITING) {
    throw unavailable('The audit log cannot keep up with requests. Try again in a moment.');
  }
  const entry = toEntry(ctx, input, input.decision);
  return new Promise((resolve, reject) => {
    held.queue.push({ entry, resolve, reject });
    schedule(held);
  });
}

/** Resolves when every decision handed in so far is written or has failed; for the end of a process. */
export function flushAudit(): Promise<void> {
  const held = writer();
  if (held.queue.length === 0 && held.inFlight === 0) return Promise.resolve();
  return new Promise((resolve) => held.idle.push(resolve));
}

function schedule(held: Writer): void {
  if (held.isScheduled || held.inFlight >= MAX_IN_FLIGHT || held.queue.length === 0) return;
  held.isScheduled = true;
  // The turn's other callers join the batch.
  setImmediate(() => {
    held.isScheduled = false;
    const batch = held.queue.splice(0, MAX_BATCH);
    held.inFlight += 1;
    void write(batch).finally(() => {
      held.inFlight -= 1;
      schedule(held);
      if (held.inFlight > 0 || held.queue.length > 0) return;
      for (const resolve of held.idle.splice(0)) resolve();
    });
    schedule(held);
  });
}

async function write(batch: readonly Waiting[]): Promise<void> {
  try {
    await commit(batch.map((waiting) => waiting.entry));
    for (const waiting of batch) waiting.resolve(waiting.entry.id);
  } catch (error) {
    log().error({ err: error, decisions: batch.length }, 'access decisions could not be recorded');
    const failure = unavailable(
      'The access decision could not be written to the audit log, so nothing was served. Try again in a moment.',
    );
    for (const waiting of batch) waiting.reject(failure);
  }
}

async function commit(entries: readonly AuditEntry[]): Promise<void> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('begin');
    await appendAudit(viaPg(client), entries);
    await client.query('commit');
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection whose transaction failed is not used again.
    client.release(failure);
  }
}
