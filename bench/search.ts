import pg from 'pg';
import { searchCatalog, suggestCatalog } from '@/lib/catalog';
import { type Ctx, env, newId } from '@/lib/core';
import { makeCatalogue } from './support/catalogue';
import { ASPECTS, SCOPES, SUBJECTS, SUFFIXES } from './support/catalogue-words';
import { withDatabase } from './support/database';

/**
 * Searches of a catalogue of 100,000 products (BENCH_PRODUCTS for more or fewer) by eight people at once, and typing,
 * each beside the same statements sent to PostgreSQL alone. Targets: search p95 60 ms, typeahead p95 30 ms, ratio 2.
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
  ['nothing', (i) => `zq${i}xk`],
];
const questions = Array.from({ length: QUERIES }, (_, i) =>
  at(KINDS, i)[1](Math.floor(i / KINDS.length)),
);
/** Every stage of typing a word or two. */
const typings = questions
  .flatMap((text) => [2, 3, 5, 8].map((length) => text.slice(0, length)))
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

async function beside(
  name: string,
  texts: string[],
  ask: (text: string) => Promise<unknown>,
): Promise<void> {
  const statements: Sent[][] = [];
  for (const text of texts) statements.push(await recorded(() => ask(text)));
  const alone = new pg.Pool({ connectionString: env().PORTOLAN_APP_DATABASE_URL, max: AT_ONCE });
  const raw = (index: number) => inTurn(alone, statements[index]!);
  await timed(texts.length, AT_ONCE, raw);
  const sql = await timed(texts.length, AT_ONCE, raw);
  const ours = await timed(texts.length, AT_ONCE, (index) => ask(texts[index]!));
  await alone.end();
  print(`${name}, ${AT_ONCE} at once`, ours, `${(ours.p95 / sql.p95).toFixed(2)} × the SQL alone`);
  print('  the SQL alone', sql);
}

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
  await makeCatalogue(owner, PRODUCTS).finally(() => owner.end());
  console.log(
    `${PRODUCTS.toLocaleString('en')} products made in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  const search = (q: string) => searchCatalog(person, { q });
  await beside('search', questions, search);
  await beside('typeahead', typings, (text) => suggestCatalog(person, text));
  for (const [at, [name]] of KINDS.entries()) {
    const some = questions.filter((_, index) => index % KINDS.length === at);
    print(
      `search for ${name}, one at a time`,
      await timed(some.length, 1, (index) => search(some[index]!)),
    );
  }
  const narrowed = questions.slice(0, 100);
  print(
    'search within two facets, one at a time',
    await timed(narrowed.length, 1, (index) =>
      searchCatalog(person, {
        q: narrowed[index]!,
        classification: 'internal',
        status: 'production',
      }),
    ),
  );
  print('the catalogue without a question', await timed(20, 1, () => searchCatalog(person, {})));
}

await withDatabase(({ ownerUrl }) => measure(ownerUrl));
