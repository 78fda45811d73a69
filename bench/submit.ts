import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createApiToken } from '@/lib/auth';
import { newId } from '@/lib/core';
import { freePort } from '@/lib/runtime/postgres/embedded';
import { keepRunning } from '@/lib/runtime/supervisor/child';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import { withDatabase } from './support/database';

/**
 * From a 10 MB CSV to its first row over HTTP, by a real web process and a real worker as `npm start`
 * runs them, beside bare DuckDB copying the same file to Parquet in this process. One round to warm up,
 * then the medians of five. Ratios compare machines better than the numbers do.
 */
const ROWS = 172_000;
const ROUNDS = 5;
const CSV = `select i as id, 'customer ' || i as name, ['Oslo', 'Bergen', 'Lima'][i % 3 + 1] as city,
  (i % 1000) * 1.25 as amount, timestamp '2024-01-01' + interval (i) second as ordered_at,
  i % 7 = 0 as is_gift from range(${ROWS}) t(i)`;

type Round = Record<'copy' | 'upload' | 'staged' | 'tests' | 'live' | 'row', number>;

interface Portal {
  api: string;
  token: string;
  domain: string;
  owner: string;
}

async function call<T>({ api, token }: Portal, method: string, at: string, body?: object) {
  const isFile = body instanceof Blob;
  const response = await fetch(`${api}${at}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': isFile ? 'text/csv' : 'application/json' }),
    },
    body: isFile ? body : body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${at} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Reads the run's events until it has ended. */
async function untilLive({ api, token }: Portal, runId: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${api}/runs/${runId}/events`, { headers });
  const said = await response.text();
  if (!said.includes('{"status":"succeeded"}'))
    throw new Error(`The run did not go through: ${said}`);
}

/** When the parts of the run ended, in ms since it was asked for. */
async function partsOf(portal: Portal, runId: string): Promise<{ staged: number; tests: number }> {
  const run = await call<{
    createdAt: string;
    steps: { key: string; finishedAt: string }[];
  }>(portal, 'GET', `/runs/${runId}`);
  const endOf = (key: string) =>
    Date.parse(run.steps.find((step) => step.key === key)?.finishedAt ?? '') -
    Date.parse(run.createdAt);
  const staged = endOf('staging/governance');
  return { staged, tests: endOf('performance') - staged };
}

interface Draft {
  rev: number;
  data: Record<string, unknown>;
}

async function round(portal: Portal, file: Blob, name: string): Promise<Omit<Round, 'copy'>> {
  const { id } = await call<{ id: string }>(portal, 'POST', '/drafts', {});
  const began = performance.now();
  const draft = await call<Draft>(portal, 'PUT', `/drafts/${id}/source/file?name=orders.csv`, file);
  const upload = performance.now() - began;
  const data = {
    ...draft.data,
    ...{ template: 'batch_analytics', domain: portal.domain, name, title: 'Orders' },
    ...{ owner: portal.owner, classification: 'internal', tags: [], schedule: 'daily' },
    ...{ description: 'Made by a benchmark.', documentation: 'Orders of a benchmark.' },
    slo: { availability: '99.9%', latency: '< 500ms', freshness: '< 1 day' },
    access: [{ role: 'data_consumer', permissions: ['read'] }],
  };
  const { rev } = await call<Draft>(portal, 'PUT', `/drafts/${id}`, { rev: draft.rev, data });
  const submitted = performance.now();
  const { runId } = await call<{ runId: string }>(portal, 'POST', `/drafts/${id}/submit`, { rev });
  await untilLive(portal, runId);
  const live = performance.now() - submitted;
  const page = `/data/${portal.domain}/${name}/rows?limit=1`;
  const { rows } = await call<{ rows: unknown[] }>(portal, 'GET', page);
  if (rows.length !== 1) throw new Error('The product is live without a row.');
  const row = performance.now() - submitted;
  return { upload, live, row, ...(await partsOf(portal, runId)) };
}

function report(rounds: Round[], sizeBytes: number): void {
  const median = (key: keyof Round) =>
    rounds.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  const copy = median('copy');
  const lines: [string, keyof Round][] = [
    ['bare DuckDB, CSV to Parquet', 'copy'],
    ['upload, inspected and profiled', 'upload'],
    ['submit to staging, set up and verified', 'staged'],
    ['four test suites', 'tests'],
    ['submit to live', 'live'],
    ['submit to the first row over HTTP', 'row'],
  ];
  console.log(`${(sizeBytes / 1e6).toFixed(1)} MB of CSV, median of ${rounds.length} rounds`);
  for (const [name, key] of lines) {
    const ms = `${median(key).toFixed(0).padStart(7)} ms`;
    console.log(`${name.padEnd(44)} ${ms}  ${(median(key) / copy).toFixed(2)} × bare`);
  }
}

async function bench(portal: Portal, home: string): Promise<void> {
  const csv = path.join(home, 'orders.csv');
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run(`copy (${CSV}) to '${csv}' (header)`);
  const file = await openAsBlob(csv);
  const rounds: Round[] = [];
  for (let at = 0; at <= ROUNDS; at += 1) {
    const began = performance.now();
    await duck.run(`copy (from read_csv('${csv}')) to '${path.join(home, 'bare.parquet')}'`);
    const copy = performance.now() - began;
    const measured = { copy, ...(await round(portal, file, `orders-${at}`)) };
    if (at > 0) rounds.push(measured);
  }
  duck.closeSync();
  report(rounds, (await stat(csv)).size);
}

await withDatabase(async ({ home, appUrl }) => {
  const domain = await makeDomain({ name: 'sales' });
  await seedMesh();
  const person = await makeMember(domain.id, 'data_producer');
  const { token } = await createApiToken(await ctxOf(person), {
    ...{ name: 'bench', scopes: ['catalog:read', 'data:read', 'products:write'], expiresInDays: 1 },
  });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const shared = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PORTOLAN_URL: origin,
    PORTOLAN_HOME: home,
    PORTOLAN_APP_DATABASE_URL: appUrl,
    PORTOLAN_AUTH_SECRET: newId(),
    LOG_LEVEL: 'error',
  };
  const children = [
    keepRunning('web', 'lib/http/main.ts', shared),
    keepRunning('worker', 'lib/jobs/main.ts', shared),
  ];
  try {
    await Promise.all(children.map((child) => child.ready));
    const api = `${origin}/api/v1`;
    await bench({ api, token, domain: domain.name, owner: person.email }, home);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
});
