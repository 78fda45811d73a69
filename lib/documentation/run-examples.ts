import { createHash } from 'node:crypto';
import { ctxForUser } from '@/lib/auth';
import { type Ctx, db, isAppError, log, now } from '@/lib/core';
import { openRows, resolveProduct } from '@/lib/serving';
import { boundedQuery, examplesIn, MAX_EXAMPLES } from './parts';

export interface ExampleOutcome {
  query: string;
  /** 'unknown': there are no rows yet, or the portal was too busy to ask. */
  state: 'works' | 'fails' | 'unknown';
  message: string;
}
export interface ExampleSubject {
  id: string;
  domain: string;
  name: string;
  ownerId: string;
  /** Production serves rows. */
  isServed: boolean;
}

const ONE_MS = 5000;
const ALL_MS = 10_000;
/** A failure is looked at again after that: a right came back, the machine was busy. */
const FAILURE_MS = 10 * 60_000;
const PURPOSE = 'Examples of the documentation';

const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');

/** The examples of a text that are run: the first ten. */
const runnable = (text: string) => examplesIn(text).slice(0, MAX_EXAMPLES);

/**
 * What became of a text's examples on the rows that are served now. Those that were not run on this snapshot yet are
 * run once, through the read path and with the owner's rights, so that an example that a new load breaks is found by the first look.
 */
export async function exampleOutcomes(
  subject: ExampleSubject,
  text: string,
): Promise<ExampleOutcome[]> {
  const queries = runnable(text);
  const { id: productId, ownerId } = subject;
  if (queries.length === 0) return [];
  const snapshotId = await servedSnapshot(subject);
  if (!snapshotId) return queries.map((query) => ({ query, state: 'unknown', message: '' }));
  const known = await db().documentationExample.findMany({
    where: {
      ...{ productId, snapshotId, ownerId, queryHash: { in: queries.map(hashOf) } },
      OR: [{ hasPassed: true }, { ranAt: { gt: new Date(now().getTime() - FAILURE_MS) } }],
    },
  });
  const byHash = new Map(known.map((row) => [row.queryHash, row]));
  const deadline = AbortSignal.timeout(ALL_MS);
  const outcomes: ExampleOutcome[] = [];
  for (const query of queries) {
    const row = byHash.get(hashOf(query));
    outcomes.push(
      row
        ? { query, state: row.hasPassed ? 'works' : 'fails', message: row.message }
        : await runAndKeep(subject, snapshotId, query, deadline),
    );
  }
  return outcomes;
}

/** As the read path knows it at this moment, which may be a notification behind the database. */
async function servedSnapshot({ domain, name, isServed }: ExampleSubject): Promise<string | null> {
  return isServed ? ((await resolveProduct(domain, name)).snapshot?.id ?? null) : null;
}

async function runAndKeep(
  subject: ExampleSubject,
  snapshotId: string,
  query: string,
  deadline: AbortSignal,
): Promise<ExampleOutcome> {
  const outcome = await runExample(subject, query, deadline);
  if (outcome.state === 'unknown') return outcome;
  // Newer rows came meanwhile: nobody knows which ones it was run on.
  if ((await servedSnapshot(subject)) !== snapshotId) return outcome;
  const { id: productId, ownerId } = subject;
  const hasPassed = outcome.state === 'works';
  const facts = { snapshotId, ownerId, hasPassed, message: outcome.message, ranAt: now() };
  const queryHash = hashOf(query);
  await db().documentationExample.upsert({
    where: { productId_queryHash: { productId, queryHash } },
    create: { productId, queryHash, ...facts },
    update: facts,
  });
  return outcome;
}

async function runExample(
  { domain, name, ownerId }: ExampleSubject,
  query: string,
  deadline: AbortSignal,
): Promise<ExampleOutcome> {
  const signal = AbortSignal.any([deadline, AbortSignal.timeout(ONE_MS)]);
  try {
    const owner = await ownerCtx(ownerId);
    if (!owner) return { query, state: 'fails', message: NO_OWNER };
    const ctx = { ...owner, purpose: PURPOSE };
    const request = { domain, product: name, query: boundedQuery(query), signal };
    await openRows(ctx, { ...request, format: 'json' });
    return { query, state: 'works', message: '' };
  } catch (error) {
    return { query, ...failureOf(error, signal) };
  }
}

async function ownerCtx(ownerId: string): Promise<Ctx | null> {
  try {
    return await ctxForUser(ownerId);
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null;
    throw error;
  }
}

const NO_OWNER = 'Nobody active owns the product, so that there are no rights to run it by.';
const PASSING = ['unavailable', 'rate_limited', 'gone'];

function failureOf(error: unknown, signal: AbortSignal): Omit<ExampleOutcome, 'query'> {
  if (signal.aborted) {
    const message = `It took longer than ${ONE_MS / 1000} seconds. Filter by less, or select fewer columns.`;
    return { state: 'fails', message };
  }
  if (!isAppError(error)) {
    log().error({ err: error }, 'an example of a documentation could not be run');
    return {
      state: 'unknown',
      message: 'It could not be run. It is tried again at the next look.',
    };
  }
  if (PASSING.includes(error.code)) return { state: 'unknown', message: error.message };
  return { state: 'fails', message: error.message.slice(0, 500) };
}

/** Forgets what became of examples that the text no longer holds. */
export async function forgetExamples(productId: string, text: string): Promise<void> {
  await db().documentationExample.deleteMany({
    where: { productId, queryHash: { notIn: runnable(text).map(hashOf) } },
  });
}
