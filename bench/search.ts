import { readFile } from 'node:fs/promises';
import os from 'node:os';
import pg from 'pg';
import { type SearchCatalogInput, searchCatalog, suggestCatalog } from '@/lib/catalog';
import { type Ctx, env, newId } from '@/lib/core';
import { makeCatalogue } from './support/catalogue';
import { ASPECTS, SCOPES, SUBJECTS, SUFFIXES } from './support/catalogue-words';
import { withDatabase } from './support/database';

/**
 * Searches of a catalogue of 100,000 products (BENCH_PRODUCTS for more or fewer) by eight people at once, and typing,
 * each beside the same statements sent to PostgreSQL alone. Targets: search p95 60 ms, typeahead p95 30 ms, ratio 2, and
 * with 1,000,000 products four times as much at most. Processor time is printed too: it says the same on a busy machine.
 */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 100_000);
const QUERIES = Number(process.env.BENCH_QUERIES ?? 400);
const AT_ONCE = 8;

const person: Ctx = {
  actor: {
    ...{ type: 'user', id: newId(), email: 'reader@portolan.example', name: 'R' },
    ...{ platformRoles: [], memberships: [] },
  },
  requestId: newId(),
  via: 'session',
};

const at = <T>(list: T[], index: number): T => list[index % list.length]!;
const swapped = (word: string) =>
  `${word.slice(0, 2)}${word[3] ?? ''}${word[2] ?? ''}${word.slice(4)}`;

/** What people type, by kind: each takes its turn. */
const KINDS: [string, (i: number) => string][] = [
  ['one common word', (i) => at(SUBJECTS, i % 8)],
  ['one word', (i) => at(SUBJECTS, i * 7)],
  ['a title', (i) => `${at(SUBJECTS, i * 5)} ${at(ASPECTS, i * 3)}`],
  ['three words', (i) => `${at(SCOPES, i)} ${at(SUBJECTS, i * 3)} ${at(ASPECTS, i)}`],
  ['a name', (i) => `${at(SUBJECTS, i)}-${at(ASPECTS, i)}-${i * 37}`],
  ['a beginning', (i) => at(SUBJECTS, i * 11).slice(0, 4)],
  ['a column', (i) => `${at(SUBJECTS, i * 2)}_${at(SUFFIXES, i)}`],
  ['a typing error', (i) => swapped(at(SUBJECTS, i * 13 + 4))],
  ['words of prose', (i) => `${at(SUBJECTS, i * 3)} deduplicated ${at(SCOPES, i * 2)}`],
  ['a word within two facets', (i) => at(SUBJECTS, i * 2)],
  ['two words within two facets', (i) => `${at(SUBJECTS, i * 3)} ${at(ASPECTS, i)}`],
  ['nothing', (i) => `zq${i}xk`],
];
const NARROWED = { classification: 'internal', status: 'production' } as const;
const questions = Array.from({ length: QUERIES }, (_, i): SearchCatalogInput => {
  const [name, text] = at(KINDS, i);
  return {
    q: text(Math.floor(i / KINDS.length)),
    ...(name.endsWith('facets') && NARROWED),
  };
});
/** Every stage of typing a word or two. */
const typings = questions
  .flatMap(({ q = '' }) => [2, 3, 5, 8].map((length) => q.slice(0, length)))
  .slice(0, QUERIES);

interface Figures {
  p50: number;
  p95: number;
}

/** Works through the list by so many at once. */
async function timed(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<Figures> {
  const took: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next++;
      const start = performance.now();
      await work(index);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  took.sort((a, b) => a - b);
  const share = (part: number) => took[Math.min(took.length - 1, Math.floor(took.length * part))]!;
  return { p50: share(0.5), p95: share(0.95) };
}

type Sent = [text: string | pg.QueryConfig, values?: unknown[]];

/** The statements that a question sends, so that they can be sent alone. */
async function recorded(work: () => Promise<unknown>): Promise<Sent[]> {
  const held = pg.Client.prototype;
  const { query } = held;
  const sent: Sent[] = [];
  held.query = function (this: pg.Client, ...args: unknown[]) {
    const [text, values] = args;
    if (typeof text === 'string') sent.push(Array.isArray(values) ? [text, values] : [text]);
    else sent.push([text as pg.QueryConfig]);
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    held.query = query;
  }
  return sent;
}

const print = (name: string, { p50, p95 }: Figures, words = '') =>
  console.log(
    `${name.padEnd(40)} p50 ${p50.toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms   ${words}`,
  );

/** Milliseconds of processor time of this process and of the database's; null where the system does not tell. */
async function processorMs(owner: pg.Client): Promise<{ node: number; sql: number | null }> {
  const { user, system } = process.cpuUsage();
  const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_activity');
  const spent = await Promise.all(
    rows.map(async ({ pid }) =>
      Number((await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ')[0]),
    ),
  ).catch(() => null);
  const sql = spent && spent.reduce((sum, one) => sum + one, 0) / 1e6;
  return { node: (user + system) / 1000, sql };
}

async function beside<T>(
  owner: pg.Client,
  name: string,
  asked: T[],
  ask: (one: T) => Promise<unknown>,
): Promise<void> {
  const statements: Sent[][] = [];
  for (const one of asked) statements.push(await recorded(() => ask(one)));
  const alone = new pg.Pool({ connectionString: env().PORTOLAN_APP_DATABASE_URL, max: AT_ONCE });
  const raw = (index: number) => inTurn(alone, statements[index]!);
  const ours = (index: number) => ask(asked[index]!);
  for (const work of [raw, ours]) await timed(asked.length, AT_ONCE, work);
  const sql = await timed(asked.length, AT_ONCE, raw);
  const before = await processorMs(owner);
  const all = await timed(asked.length, AT_ONCE, ours);
  const after = await processorMs(owner);
  await alone.end();
  const each = (from: number | null, to: number | null) =>
    from === null || to === null ? '?' : ((to - from) / asked.length).toFixed(1);
  print(`${name}, ${AT_ONCE} at once`, all, `${(all.p95 / sql.p95).toFixed(2)} × the SQL alone`);
  print('  the SQL alone', sql);
  console.log(
    `  processor time of each: ${each(before.sql, after.sql)} ms database, ${each(before.node, after.node)} ms portal; load ${loads()} on ${os.availableParallelism()} processors`,
  );
}

const loads = () => os.loadavg()[0]!.toFixed(1);

/** As the search does: by one connection, one after the other. */
async function inTurn(alone: pg.Pool, statements: Sent[]): Promise<void> {
  const client = await alone.connect();
  try {
    for (const [text, values] of statements) await client.query(text as string, values);
  } finally {
    client.release();
  }
}

async function measure(ownerUrl: string): Promise<void> {
  const start = performance.now();
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await makeCatalogue(owner, PRODUCTS);
  console.log(
    `${PRODUCTS.toLocaleString('en')} products made in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  await beside(owner, 'search', questions, (raw) => searchCatalog(person, raw));
  await beside(owner, 'typeahead', typings, (text) => suggestCatalog(person, text));
  await owner.end();
  for (const [at, [name]] of KINDS.entries()) {
    const some = questions.filter((_, index) => index % KINDS.length === at);
    const alone = await timed(some.length, 1, (index) => searchCatalog(person, some[index]!));
    print(`search for ${name}, one at a time`, alone);
  }
  print('the catalogue without a question', await timed(20, 1, () => searchCatalog(person, {})));
}

await withDatabase(({ ownerUrl }) => measure(ownerUrl));
