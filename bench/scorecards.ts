import pg from 'pg';
import { listDomains } from '@/lib/catalog';
import { type Ctx, setClock, systemCtx } from '@/lib/core';
import {
  domainStandings,
  getCampaign,
  listCampaigns,
  listScorecards,
  productScorecard,
  scorecardChanges,
  scorecardChecks,
  scorecardCourse,
} from '@/lib/insight';
import { judgeProducts } from '@/lib/insight/scorecards/evaluate';
import { recordAll } from '@/lib/insight/scorecards/record';
import { ctxOf } from '@/lib/runtime/testing/factories';
import { withDatabase } from './support/database';
import { at } from './support/measure';
import {
  hideRestricted,
  makeScorecardHistory,
  makeScorecardProducts,
} from './support/scorecards-world';

/**
 * Scorecards of a catalogue: a round over all, with stewards' checks and without, beside one product at a time; and what
 * pages take, each beside the bare question to its table, asked in turns with it and without asking who may find what.
 */
const PRODUCTS = Number(process.env.BENCH_PRODUCTS ?? 10_000);
const CHANGES = Number(process.env.BENCH_CHANGES ?? 20);
const CHECKS = Number(process.env.BENCH_CHECKS ?? 10);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 30);
const ALONE = 200;
const HOUR_MS = 3_600_000;
let clock = Date.UTC(2026, 5, 1, 12);
const size = { products: PRODUCTS, changes: CHANGES, checks: CHECKS, now: clock };

const say = (text: string) => process.stdout.write(`${text}\n`);
const many = PRODUCTS.toLocaleString('en');
async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
async function round(): Promise<number> {
  clock += HOUR_MS;
  return timed(() => recordAll());
}

async function rounds(owner: pg.Client): Promise<void> {
  await owner.query('update custom_check set "archivedAt" = now()');
  const first = await round();
  const ids = Array.from({ length: ALONE }, (_, n) => `p${n + 1}`);
  const [again, alone] = [
    Math.min(await round(), await round()),
    await timed(async () => {
      for (const id of ids) await judgeProducts([id]);
    }),
  ];
  const each = alone / ALONE;
  say(
    `a round over ${many} products: ${first.toFixed(0)} ms the first time, ${again.toFixed(0)} ms when nothing changed; one product at a time ${each.toFixed(1)} ms each, ${((each * PRODUCTS) / again).toFixed(1)} times as long for all`,
  );
  await owner.query('update custom_check set "archivedAt" = null');
  const own = [await round(), await round(), await round()];
  const warm = Math.min(...own.slice(1));
  say(
    `with ${CHECKS} checks of stewards: ${own[0]!.toFixed(0)} ms the first time, ${warm.toFixed(0)} ms when nothing changed (${(warm / again).toFixed(2)} times a round without)`,
  );
  await owner.query(
    `update product set description = description || '!' where id like 'p%7' and length(id) > 3`,
  );
  say(`when a tenth has changed: ${(await round()).toFixed(0)} ms`);
}

/** What the page asks at once. */
const wholePage = (ctx: Ctx, part: () => Promise<unknown>) =>
  Promise.all([
    part(),
    scorecardCourse(ctx, { range: '90d' }),
    scorecardChecks(ctx),
    listDomains(ctx),
  ]);

type Page = [title: string, ours: (ctx: Ctx) => Promise<unknown>, bare: string];
const OF_DOMAIN = `join product p on p.id = c."productId" and p."domainId" = 'd2'`;
const FIRST = 'order by c.level, c.score, c."productId" limit 51';
const MOVES = `select date_trunc('day', at), level, before, count(*) from scorecard_change group by 1, 2, 3`;
const PAGES: Page[] = [
  [
    'the page Scorecards, products',
    (ctx) => wholePage(ctx, () => listScorecards(ctx)),
    `select * from scorecard c ${FIRST}; ${MOVES}`,
  ],
  [
    'the page Scorecards, domains',
    (ctx) => wholePage(ctx, () => domainStandings(ctx)),
    `select level, count(*) from scorecard group by 1; ${MOVES}`,
  ],
  [
    'the page Scorecards, changes',
    (ctx) => wholePage(ctx, () => scorecardChanges(ctx)),
    `select * from scorecard_change order by at desc limit 21; ${MOVES}`,
  ],
  [
    'products, first page',
    (ctx) => listScorecards(ctx),
    `select * from scorecard c ${FIRST}; select level, count(*) from scorecard group by 1`,
  ],
  [
    'products, page 100',
    (ctx) => listScorecards(ctx, { page: 100 }),
    `select * from scorecard c ${FIRST} offset 4950; select level, count(*) from scorecard group by 1`,
  ],
  [
    'products by the level of a property',
    (ctx) => listScorecards(ctx, { property: 'secure', level: 0 }),
    `select * from scorecard c where c.levels[8] = 0 ${FIRST}; select levels[8], count(*) from scorecard group by 1`,
  ],
  [
    'products that fail a check',
    (ctx) => listScorecards(ctx, { check: 'tagged' }),
    `select * from scorecard c where c.results->'tagged'->>0 = 'fail' ${FIRST}`,
  ],
  [
    'products with a word in their title',
    (ctx) => listScorecards(ctx, { q: '77' }),
    `select * from scorecard c join product p on p.id = c."productId" where p.title ilike '%77%' ${FIRST}`,
  ],
  [
    'products of a domain',
    (ctx) => listScorecards(ctx, { domain: 'domain-2' }),
    `select c.* from scorecard c ${OF_DOMAIN} ${FIRST}`,
  ],
  [
    'domains',
    domainStandings,
    'select p."domainId", count(*), avg(c.score), min(c.level) from scorecard c join product p on p.id = c."productId" group by 1',
  ],
  ['over time', (ctx) => scorecardCourse(ctx, { range: '90d' }), MOVES],
  [
    'over time, of a domain',
    (ctx) => scorecardCourse(ctx, { range: '90d', domain: 'domain-2' }),
    `select date_trunc('day', at), c.level, c.before, count(*) from scorecard_change c ${OF_DOMAIN} group by 1, 2, 3`,
  ],
  [
    'what changed',
    (ctx) => scorecardChanges(ctx),
    'select * from scorecard_change order by at desc limit 21',
  ],
  [
    'what changed, page 200',
    (ctx) => scorecardChanges(ctx, { page: 200 }),
    'select * from scorecard_change order by at desc limit 21 offset 3980',
  ],
  [
    'what changed, of a domain',
    (ctx) => scorecardChanges(ctx, { domain: 'domain-2' }),
    `select c.* from scorecard_change c ${OF_DOMAIN} order by at desc limit 21`,
  ],
  [
    "a product's own page",
    (ctx) => productScorecard(ctx, { domain: 'domain-2', product: 'p1' }),
    `select * from scorecard where "productId" = 'p1'; select * from scorecard_change where "productId" = 'p1' order by at desc limit 200`,
  ],
  ['campaigns', (ctx) => listCampaigns(ctx), 'select count(*) from campaign_product'],
  [
    'a campaign with its progress',
    (ctx) => getCampaign(ctx, 'campaign'),
    `select date_trunc('hour', at), "isReached", before, count(*) from campaign_event group by 1, 2, 3`,
  ],
];

async function pages(client: pg.Client, who: string, ctx: Ctx): Promise<void> {
  const rows: { title: string; p50: number; p95: number; bare: number; ratio: number }[] = [];
  for (const [title, ours, bare] of PAGES) {
    await ours(ctx);
    const [mine, theirs]: [number[], number[]] = [[], []];
    for (let n = 0; n < ROUNDS; n += 1) {
      mine.push(await timed(() => ours(ctx)));
      theirs.push(await timed(() => client.query(bare)));
    }
    mine.sort((a, b) => a - b);
    theirs.sort((a, b) => a - b);
    const [p50, p95, raw] = [at(mine, 0.5), at(mine, 0.95), at(theirs, 0.5)];
    rows.push({ title, p50, p95, bare: raw, ratio: p50 / raw });
  }
  say(`${who}:`);
  for (const { title, p50, p95, bare, ratio } of rows) {
    say(
      `  ${title}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms; bare ${bare.toFixed(1)} ms, ${ratio.toFixed(2)} times`,
    );
  }
  say(`  slowest p95: ${Math.max(...rows.map(({ p95 }) => p95)).toFixed(0)} ms`);
}

async function measure(client: pg.Client, owner: pg.Client): Promise<void> {
  await makeScorecardProducts(owner, size);
  await rounds(owner);
  await makeScorecardHistory(owner, size);
  const { rows } = await owner.query<{ changes: string; moves: string }>(
    `select count(*) as changes, count(*) filter (where level is distinct from before) as moves from scorecard_change`,
  );
  say(`changes of scorecards and moves of levels: ${JSON.stringify(rows[0])}; a campaign over all`);
  await pages(client, 'who may find everything', systemCtx('bench'));
  await pages(client, 'a person', await ctxOf({ id: 'u7' }));
  await hideRestricted(owner);
  await pages(client, 'a person from whom policies hide a tenth', await ctxOf({ id: 'u7' }));
}

setClock(() => clock);
await withDatabase(async ({ appUrl, ownerUrl }) => {
  const client = new pg.Client({ connectionString: appUrl });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await Promise.all([client.connect(), owner.connect()]);
  try {
    await measure(client, owner);
  } finally {
    await Promise.all([client.end(), owner.end()]);
  }
});
