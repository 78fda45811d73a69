import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  closeLake,
  lakePaths,
  openFiles,
  openLake,
  queryRows,
  scanSql,
  writeSnapshot,
} from '@/lib/platform/lake';
import { compileRule, type RuleLike } from '@/lib/quality/compile';
import { lakeRows } from '@/lib/quality/run/lake-rows';
import { measure } from '@/lib/quality/run/measure';
import { judge } from '@/lib/quality/run/measured';
import type { FieldType } from '@/lib/specs';

/**
 * Twenty quality rules over 10 million rows: as the portal runs them, beside the scan that a person would write by
 * hand for the same twenty figures, and beside the same twenty as a query each. Medians of the rounds; ratios
 * compare machines better than the seconds do.
 */
const ROWS = Number(process.env.BENCH_ROWS ?? 10_000_000);
const ROUNDS = 5;
const SQL = `select i as id, i % 5000 as customer, (hash(i) % 100000) / 100.0 as amount,
  case when i % 1000 = 0 then null else 'city ' || (i % 50) end as city,
  case i % 4 when 0 then 'new' when 1 then 'paid' when 2 then 'sent' else 'done' end as status,
  'u' || (i % 100000) || '@mail.example' as email, timestamp '2024-01-01' + interval (i % 86400) second as placed,
  timestamp '2024-01-02' + interval (i % 86400) second as sent, (i % 100)::int as age, i % 7 = 0 as flag
  from range(${ROWS}) t(i)`;
const COLUMNS = new Map<string, FieldType>([
  ['id', 'long'],
  ['customer', 'long'],
  ['amount', 'double'],
  ['city', 'string'],
  ['status', 'string'],
  ['email', 'string'],
  ['placed', 'timestamp'],
  ['sent', 'timestamp'],
  ['age', 'integer'],
  ['flag', 'boolean'],
]);

const rule = (check: string, column: string | null, config: object = {}): RuleLike => ({
  name: `${check} ${column}`,
  check,
  column,
  config,
});
const RULES: RuleLike[] = [
  rule('not_null', 'id'),
  rule('not_null', 'city'),
  rule('not_null', 'email'),
  rule('not_null', 'placed'),
  rule('missing_values', 'city', { missing: [null, '', 'N/A'] }),
  rule('unique', 'customer'),
  rule('accepted_values', 'status', { values: ['new', 'paid', 'sent', 'done'] }),
  rule('accepted_values', 'flag', { values: [true, false] }),
  rule('rejected_values', 'status', { values: ['void'] }),
  rule('range', 'amount', { min: 0, max: 1000 }),
  rule('range', 'age', { min: 0, max: 98 }),
  rule('range', 'placed', { min: '2020-01-01' }),
  rule('length', 'city', { min: 1, max: 20 }),
  rule('pattern', 'email', { pattern: '^[^@]+@[^@]+$' }),
  rule('compare', 'sent', { comparison: 'greater', other: 'placed' }),
  rule('row_count', null, { min: 1 }),
  rule('statistic', 'amount', { statistic: 'mean', min: 0 }),
  rule('statistic', 'amount', { statistic: 'max', max: 1000 }),
  rule('statistic', 'age', { statistic: 'stdev', max: 100 }),
  rule('freshness', 'placed', { maxAge: '100_years' }),
];

/** The same figures as a person writes them. */
const BY_HAND = `count(*), count(*) - count(id), count(*) - count(city), count(*) - count(email), count(*) - count(placed),
  count(*) filter (where city is null or city in ('', 'N/A')), count(customer) - count(distinct customer),
  count(*) filter (where status not in ('new', 'paid', 'sent', 'done')), count(*) filter (where flag not in (true, false)),
  count(*) filter (where status in ('void')), count(*) filter (where amount < 0 or amount > 1000),
  count(*) filter (where age < 0 or age > 98), count(*) filter (where placed < '2020-01-01'),
  count(*) filter (where length(city) < 1 or length(city) > 20),
  count(*) filter (where not regexp_matches(email, '^[^@]+@[^@]+$')), count(*) filter (where sent <= placed),
  avg(amount), max(amount), stddev_samp(age), max(placed)`;

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const root = await mkdtemp(path.join(tmpdir(), 'bench-quality-'));
try {
  await openLake({ root, memoryMb: 2048 });
  const { files: written } = await writeSnapshot({
    paths: lakePaths(root, 'p', 'd', 's'),
    sql: SQL,
  });
  const files = openFiles(root, null, written);
  const relation = scanSql(files);
  const rows = lakeRows({ files, sources: new Map(), inputsOf: () => ({ inputs: {}, names: [] }) });
  const compiled = RULES.map((one) => compileRule(one, COLUMNS));
  const hand = () => queryRows(`select ${BY_HAND} from ${relation}`, [], { files });
  const ours = () => measure(compiled, rows);
  const separate = async () => {
    for (const one of compiled) await measure([one], rows);
  };
  const times = { hand: [] as number[], ours: [] as number[], separate: [] as number[] };
  await hand();
  // One after the other in each round, so that whatever else the machine does falls on all three.
  for (let round = 0; round < ROUNDS; round += 1) {
    times.hand.push(await timed(hand));
    times.ours.push(await timed(ours));
    times.separate.push(await timed(separate));
  }
  const { measured, totalRows, scans } = await ours();
  const verdicts = compiled.map((one, at) =>
    'problem' in one ? one.problem : judge(measured[at]!, one, totalRows).status,
  );
  const counted = (status: string) => verdicts.filter((one) => one === status).length;
  console.log(
    `${RULES.length} rules over ${totalRows.toLocaleString('en')} rows: ${scans} scan, ${counted('passed')} met, ${counted('failed')} not met`,
  );
  const base = median(times.hand);
  const line = (name: string, values: number[]) => {
    const own = median(values);
    console.log(
      `${name.padEnd(34)} ${own.toFixed(0).padStart(7)} ms  ${(own / base).toFixed(2)} × by hand`,
    );
  };
  line('one scan written by hand', times.hand);
  line('the twenty rules together', times.ours);
  line('the twenty rules, a query each', times.separate);
  const isGood = median(times.ours) <= 1.3 * base && median(times.ours) <= median(times.separate);
  console.log(
    `target: at most 1.3 × by hand and never slower than a query each: ${isGood ? 'kept' : 'MISSED'}`,
  );
} finally {
  await closeLake();
  await rm(root, { recursive: true, force: true });
}
