import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { columnsOf, jsonChunks } from '@/lib/platform/lake/rows';
import { analyseSelect } from '../analyse';
import { openLocked } from '../locked';
import type { WireInput } from '../protocol';
import { tablesRead } from './columns-read';
import { failureOf } from './failure';
import { writeResult } from './file';
import type { FromChild, ToChild } from './protocol';

type Start = Extract<ToChild, { kind: 'start' }>;
const PAGE_ROWS = 500;
const PAGE_CHARS = 512 * 1024;
/** What one result may weigh that is sent in pages. */
const MAX_CHARS = 32 * 1024 * 1024;

const heard: ToChild[] = [];
let wake: (() => void) | null = null;
process.on('message', (message) => {
  heard.push(message as ToChild);
  wake?.();
});
// The parent is gone: nobody waits for the answer.
process.once('disconnect', () => process.exit(0));

async function hear<K extends ToChild['kind']>(kind: K): Promise<Extract<ToChild, { kind: K }>> {
  while (heard.length === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  const message = heard.shift()!;
  if (message.kind !== kind) throw new Error(`expected ${kind}, heard ${message.kind}`);
  return message as Extract<ToChild, { kind: K }>;
}

const say = (message: FromChild) =>
  new Promise<void>((resolve, reject) => {
    process.send!(message, (error: Error | null) => (error ? reject(error) : resolve()));
  });

const start = await hear('start');
let inputs: WireInput[] = [];
try {
  await say({ kind: 'tables', tables: await tablesOf(start.sql) });
  ({ inputs } = await hear('inputs'));
  const { limits, spillDir, file } = start;
  const output = { spillDir, file: { path: file?.path ?? `${spillDir}/none`, key: null } };
  const connection = await openLocked({ inputs, limits, output, hasPlaces: true });
  await analyseSelect(
    connection,
    start.sql,
    inputs.map(({ name }) => name),
  );
  if (file)
    await say({
      kind: 'end',
      cutBy: null,
      ...(await writeResult(connection, start.sql, limits, file)),
    });
  else await sendPages(connection, start);
} catch (error) {
  await say(failureOf(error, start, inputs));
}
process.exit(0);

/** Parsing needs no data: the engine that does it has none. */
async function tablesOf(sql: string) {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '128MB',
    enable_external_access: 'false',
  });
  const connection = await instance.connect();
  await connection.run('SET errors_as_json = true; SET lock_configuration = true');
  const tables = await tablesRead(connection, sql);
  connection.closeSync();
  instance.closeSync();
  return tables;
}

/** A page goes out when the parent asks for one, so that a slow reader holds nothing in memory. */
async function sendPages(connection: DuckDBConnection, { sql, limits }: Start): Promise<void> {
  const result = await connection.stream(sql);
  await say({ kind: 'columns', columns: columnsOf(result) });
  let rowCount = 0;
  let chars = 0;
  let page: string[] = [];
  let pageChars = 0;
  const flush = async () => {
    if (page.length === 0) return;
    await hear('more');
    await say({ kind: 'page', text: `[${page.join(',')}]`, rows: page.length });
    page = [];
    pageChars = 0;
  };
  const end = async (cutBy: 'rows' | 'size' | null) => {
    await flush();
    await hear('more');
    await say({ kind: 'end', rowCount, cutBy });
  };
  for await (const chunk of jsonChunks(result)) {
    for (const row of chunk) {
      if (rowCount === limits.maxRows) return end('rows');
      const text = JSON.stringify(row);
      if (chars + text.length > MAX_CHARS) return end('size');
      chars += text.length;
      pageChars += text.length;
      rowCount += 1;
      page.push(text);
      if (page.length === PAGE_ROWS || pageChars > PAGE_CHARS) await flush();
    }
  }
  await end(null);
}
