import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createApiToken } from '@/lib/auth';
import { db, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { buildServer } from '@/lib/http/server';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { withDatabase } from './support/database';

/**
 * The rows API over loopback HTTP (token checked, policy decided, decision durable with fsync, usage
 * recorded) beside bare DuckDB in this process over the same file and beside a bare node:http server that
 * sends the same bytes. Ratios compare machines better than the numbers do.
 */
const ROWS = 1_000_000;
const CALLERS = 8;
const BUDGET_MS = 4000;
const SQL = `select i as id, 'name ' || i as name, (i % 1000) * 1.25 as amount, i / 3 as ratio,
  timestamp '2024-01-01' + interval (i) second as ts, i % 7 = 0 as flag from range(${ROWS}) t(i)`;

interface Measured {
  perSecond: number;
  p95Ms: number;
}

async function measure(work: (index: number) => Promise<unknown>): Promise<Measured> {
  await work(0);
  const latencies: number[] = [];
  const start = performance.now();
  const loop = async () => {
    while (performance.now() - start < BUDGET_MS) {
      const begun = performance.now();
      await work(latencies.length);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, loop));
  const perSecond = latencies.length / ((performance.now() - start) / 1000);
  latencies.sort((a, b) => a - b);
  return { perSecond, p95Ms: latencies[Math.floor(latencies.length * 0.95)] ?? 0 };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** Fetches the address whole. @returns the bytes received */
function get(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.byteLength;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(bytes);
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    request.on('error', reject);
  });
}

function line(name: string, measured: Measured, base?: Measured): void {
  const rate = `${measured.perSecond.toFixed(0).padStart(7)}/s`;
  const p95 = `p95 ${measured.p95Ms.toFixed(1).padStart(7)} ms`;
  const ratio = base ? `${(measured.perSecond / base.perSecond).toFixed(2)} × bare` : '';
  console.log(`${name.padEnd(44)} ${rate}  ${p95}  ${ratio}`);
}

async function timed(name: string, work: () => Promise<number>, baseMs?: number): Promise<number> {
  const start = performance.now();
  const bytes = await work();
  const ms = performance.now() - start;
  const speed = (bytes / 1e6 / (ms / 1000)).toFixed(0);
  const ratio = baseMs ? `  ${(baseMs / ms).toFixed(2)} × bare` : '';
  console.log(
    `${name.padEnd(44)} ${ms.toFixed(0).padStart(7)} ms ${speed.padStart(6)} MB/s${ratio}`,
  );
  return ms;
}

async function prepare(home: string) {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('bench'));
  const person = await makeMember(domain.id, 'data_producer');
  const { snapshot } = await makeLiveProduct({
    ...{ domainId: domain.id, ownerId: person.id, name: 'events', sql: SQL },
    fields: [
      { name: 'id', type: 'long' },
      { name: 'name', type: 'string' },
      { name: 'amount', type: 'decimal', precision: 18, scale: 2 },
      { name: 'ratio', type: 'double' },
      { name: 'ts', type: 'timestamp' },
      { name: 'flag', type: 'boolean' },
    ],
  });
  const [file] = await db().snapshotFile.findMany({ where: { snapshotId: snapshot.id } });
  const scopes: 'data:read'[] = ['data:read'];
  const { token } = await createApiToken(await ctxOf(person), {
    ...{ name: 'bench', scopes, expiresInDays: 1 },
  });
  return { token, file: path.join(home, 'lake', file!.path) };
}

async function bareDuckDb(file: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connections = await Promise.all(Array.from({ length: CALLERS }, () => instance.connect()));
  const idle = [...connections];
  const run = async (sql: string, values: string[]) => {
    const connection = idle.pop()!;
    try {
      return (await connection.runAndReadAll(sql, values)).getRowsJson();
    } finally {
      idle.push(connection);
    }
  };
  const select = `select * from read_parquet('${file}')`;
  return { run, select, close: () => instance.closeSync() };
}

async function bareHttp(body: Buffer) {
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

async function bench(home: string): Promise<void> {
  const { token, file } = await prepare(home);
  const app = await buildServer();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const api = `http://127.0.0.1:${port}/api/v1/data/sales/events/rows`;
  const headers = { authorization: `Bearer ${token}` };
  const duck = await bareDuckDb(file);
  const spread = (index: number) => String((index * 7919) % ROWS);

  console.log(`${ROWS.toLocaleString('en')} rows, ${CALLERS} callers`);
  const page = await fetch(`${api}?flag=is.true&limit=100`, { headers });
  const plain = await bareHttp(Buffer.from(await page.arrayBuffer()));
  const node = await measure(() => get(plain.url));
  line('bare node:http, the same 100 rows as bytes', node);

  const point = await measure((index) =>
    duck.run(`${duck.select} where id = cast($1 as bigint)`, [spread(index)]),
  );
  line('bare DuckDB, point read', point);
  line(
    'rows API, point read',
    await measure((i) => get(`${api}?id=eq.${spread(i)}`, headers)),
    point,
  );

  const filtered = await measure((index) =>
    duck.run(
      `${duck.select} where flag and id >= cast($1 as bigint) order by file_row_number limit 100`,
      [spread(index)],
    ),
  );
  line('bare DuckDB, filtered page of 100', filtered);
  const pages = await measure((index) =>
    get(`${api}?flag=is.true&id=gte.${spread(index)}&limit=100`, headers),
  );
  line('rows API, filtered page of 100', pages, filtered);
  const first = await measure(() => get(`${api}?limit=100`, headers));
  line('rows API, first page of 100', first, node);

  const out = path.join(home, 'bare.parquet');
  const copy = async () => {
    await duck.run(`copy (${duck.select} where id >= cast($1 as bigint)) to '${out}'`, ['0']);
    return 0;
  };
  await timed('bare DuckDB, 1 M rows to a Parquet file', copy);
  const exported = await timed('bare DuckDB, again', copy);
  await timed(
    'rows API, 1 M rows as Parquet (exported)',
    () => get(`${api}.parquet?id=gte.0`, headers),
    exported,
  );
  await timed(
    'rows API, 1 M rows as Parquet (as stored)',
    () => get(`${api}.parquet`, headers),
    exported,
  );
  await timed('rows API, 1 M rows as NDJSON', () => get(`${api}.ndjson`, headers));
  await timed('rows API, 1 M rows as CSV', () => get(`${api}.csv`, headers));
  agent.destroy();
  plain.close();
  duck.close();
  await app.close();
}

await withDatabase(({ home }) => bench(home));
