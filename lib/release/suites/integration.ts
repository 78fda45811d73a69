import { Readable } from 'node:stream';
import { type Ctx, db, isAppError, newId, systemCtx } from '@/lib/core';
import type { SuiteResult, SuiteTarget } from '@/lib/provisioning';
import { openRows, type RowFormat } from '@/lib/serving';
import type { SchemaField } from '@/lib/specs';

type Test = { name: string; run: () => Promise<string> };

/** The load end to end, and every format of the rows port, through the path that consumers take. */
export async function integrationSuite(target: SuiteTarget): Promise<SuiteResult[]> {
  const { schema } = target.descriptor.spec;
  const names = schema.map((field) => field.name);
  const tests: Test[] = [
    { name: 'pipeline', run: () => pipelineTest(target) },
    { name: 'rows.json', run: () => jsonTest(target, names) },
    { name: 'pages', run: () => pagesTest(target, schema) },
    { name: 'rows.ndjson', run: () => ndjsonTest(target, names) },
    { name: 'rows.csv', run: () => csvTest(target, names) },
    { name: 'rows.parquet', run: () => parquetTest(target) },
    { name: 'closed to strangers', run: () => strangerTest(target) },
  ];
  const results: SuiteResult[] = [];
  for (const { name, run } of tests) results.push(await judge(name, run));
  return results;
}

class Unmet extends Error {}

async function judge(name: string, run: () => Promise<string>): Promise<SuiteResult> {
  try {
    return { name, status: 'passed', message: await run() };
  } catch (error) {
    if (error instanceof Unmet || isAppError(error)) {
      if (isAppError(error) && error.code === 'unavailable') throw error;
      return { name, status: 'failed', message: error.message };
    }
    throw error;
  }
}

async function read(
  { domain, name, signal }: SuiteTarget,
  format: RowFormat,
  query: string,
  ctx: Ctx = systemCtx('tests'),
): Promise<Buffer> {
  const { body } = await openRows(ctx, {
    domain,
    product: name,
    query: `environment=staging&${query}`,
    format,
    signal,
  });
  if (Buffer.isBuffer(body)) return body;
  const pieces: Buffer[] = [];
  for await (const piece of body ?? Readable.from([])) pieces.push(Buffer.from(piece as Buffer));
  return Buffer.concat(pieces);
}

interface Page {
  rows: Record<string, unknown>[];
  columns: { name: string }[];
  nextPage: string | null;
  total?: number;
}
const readPage = async (target: SuiteTarget, query: string) =>
  JSON.parse((await read(target, 'json', query)).toString()) as Page;

function same(found: readonly string[], wanted: readonly string[], what: string): void {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  throw new Unmet(`${what} ${found.join(', ')}; the contract says ${wanted.join(', ')}.`);
}

async function pipelineTest(target: SuiteTarget): Promise<string> {
  const snapshot = await db().snapshot.findUniqueOrThrow({ where: { id: target.snapshotId } });
  const { total } = await readPage(target, 'limit=1&count=exact');
  const loaded = Number(snapshot.rowCount);
  if (total !== loaded)
    throw new Unmet(`The load wrote ${loaded} rows and the port counts ${total}.`);
  return `Loaded ${loaded.toLocaleString('en')} rows, and the port counts as many.`;
}

async function jsonTest(target: SuiteTarget, names: readonly string[]): Promise<string> {
  const { rows, columns } = await readPage(target, 'limit=5');
  const found = columns.map((column) => column.name);
  same(found, names, 'Columns are');
  for (const row of rows) same(Object.keys(row), names, 'A row has');
  return `${rows.length} rows with the contract’s ${names.length} fields.`;
}

async function pagesTest(target: SuiteTarget, schema: readonly SchemaField[]): Promise<string> {
  const first = await readPage(target, 'limit=1');
  if (first.nextPage === null) return 'One page holds every row.';
  const next = await readPage(target, `limit=1&page=${encodeURIComponent(first.nextPage)}`);
  if (next.rows.length !== 1) throw new Unmet('The second page is empty.');
  return `The second page goes on where the first ended (${schema.length} fields).`;
}

async function ndjsonTest(target: SuiteTarget, names: readonly string[]): Promise<string> {
  const lines = (await read(target, 'ndjson', 'limit=5')).toString().split('\n').filter(Boolean);
  for (const line of lines) same(Object.keys(JSON.parse(line) as object), names, 'A line has');
  return `${lines.length} lines of JSON.`;
}

async function csvTest(target: SuiteTarget, names: readonly string[]): Promise<string> {
  const text = (await read(target, 'csv', 'limit=1')).toString();
  const quoted = (name: string) =>
    /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  const header = names.map(quoted).join(',');
  if (text.replace(/^\uFEFF/, '').startsWith(`${header}\r\n`))
    return 'The header names the contract’s fields.';
  throw new Unmet(`The header is not ${header}.`);
}

async function parquetTest(target: SuiteTarget): Promise<string> {
  const bytes = await read(target, 'parquet', 'limit=5');
  const isParquet = [bytes.subarray(0, 4), bytes.subarray(-4)].every(
    (one) => one.toString() === 'PAR1',
  );
  if (!isParquet) throw new Unmet('What came is no Parquet file.');
  return `A Parquet file of ${bytes.byteLength.toLocaleString('en')} bytes.`;
}

async function strangerTest(target: SuiteTarget): Promise<string> {
  const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: newId(), via: 'system' };
  const answer = await read(target, 'json', 'limit=1', nobody).catch((error: unknown) => error);
  if (isAppError(answer) && answer.code === 'unauthenticated') {
    return 'Who is not signed in gets nothing.';
  }
  throw new Unmet('Who is not signed in is not turned away.');
}
