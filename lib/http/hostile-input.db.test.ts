import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { type Ctx, db, env } from '@/lib/core';
import { createDraft } from '@/lib/products/create-draft';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { buildServer } from './server';

useTestDatabase();

let app: FastifyInstance;
let base: string;
let token: string;
let ctx: Ctx;
let draftId: string;
beforeAll(async () => {
  await seedMesh();
  ({ ctx } = await makeDraft());
  ({ token } = await createApiToken(ctx, { name: 't', scopes: ['admin'], expiresInDays: 1 }));
  draftId = (await createDraft(ctx, {})).id;
  app = await buildServer();
  base = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

interface Answer {
  status: number;
  detail: string;
  code: string;
  [member: string]: unknown;
}

/** Sends bytes as they are: `fetch` would tidy up what is hostile about them. */
async function send(
  method: string,
  url: string,
  body: BodyInit,
  type = 'application/json',
): Promise<Answer> {
  const response = await fetch(`${base}/api/v1${url}`, {
    method,
    body,
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  return { ...answer, status: response.status };
}

async function upload(content: string | Uint8Array, name = 'data.csv', draft = draftId) {
  const query = new URLSearchParams({ name });
  const body = typeof content === 'string' ? content : new Uint8Array(content);
  return send('PUT', `/drafts/${draft}/source/file?${query}`, body, 'application/octet-stream');
}

function expectRefusal(answer: Answer): void {
  expect(answer.status, JSON.stringify(answer)).toBeGreaterThanOrEqual(400);
  expect(answer.status, JSON.stringify(answer)).toBeLessThan(500);
  expect(answer.detail?.length).toBeGreaterThan(10);
  expect(answer.detail).not.toMatch(/\bat .+\.ts:\d|node_modules|\/uploads\//);
}

const wide = (count: number) => {
  const names = Array.from({ length: count }, (_, n) => `c${n}`).join(',');
  const values = Array.from({ length: count }, (_, n) => n).join(',');
  return `${names}\n${values}\n`;
};
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const bytes = (...hex: string[]) => Buffer.from(hex.join(''), 'hex');
const zip = Buffer.concat([bytes('504b0304'), Buffer.from('xl/workbook.xml'.padEnd(64, '\0'))]);

const REFUSED_FILES: [what: string, content: string | Uint8Array, name?: string][] = [
  ['an empty file', ''],
  ['blanks only', '   \n\n  \n'],
  ['a byte order mark only', bytes('efbbbf')],
  ['a header without rows', 'a,b,c\n'],
  ['NUL bytes in a row', 'a,b\n1,\u0000\n'],
  ['NUL bytes in the header', 'a\u0000b,c\n1,2\n'],
  ['NUL bytes only', Buffer.alloc(4096)],
  ['UTF-16 without a mark', utf16('a,b\n1,2\n')],
  ['UTF-16 that breaks off', Buffer.concat([bytes('fffe'), utf16('a,b\n1,2'), bytes('00d8')])],
  ['ten thousand columns', wide(10_000)],
  ['a gzip bomb', gzipSync(Buffer.alloc(200_000_000, 'a'))],
  ['gzip in gzip', gzipSync(gzipSync('a,b\n1,2\n'))],
  ['gzip cut short', gzipSync('a,b\n'.repeat(5000)).subarray(0, 30)],
  ['gzip that is damaged', bytes('1f8b0800', 'ffffffffffffffffffff')],
  ['a gzip of nothing', gzipSync('')],
  ['an Excel workbook', zip, 'book.xlsx'],
  ['an Excel workbook called CSV', zip, 'book.csv'],
  ['a ZIP archive', bytes('504b0304', '00'.repeat(40)), 'data.zip'],
  ['a PDF', '%PDF-1.7\n…', 'report.csv'],
  ['a PNG image', bytes('89504e470d0a1a0a', '00'.repeat(20))],
  ['a JPEG image', bytes('ffd8ffe0', '00'.repeat(20))],
  ['a program', bytes('7f454c46', '00'.repeat(20))],
  ['an SQLite database', 'SQLite format 3\u0000'],
  ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
  ['XML', '<?xml version="1.0"?><rows><row/></rows>', 'data.xml'],
  ['Parquet by name only', 'a,b\n1,2\n', 'data.parquet'],
  ['Parquet that is cut', Buffer.from('PAR1 and nothing more'), 'data.parquet'],
  [
    'Parquet of rubbish',
    Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(500, 7), Buffer.from('PAR1')]),
  ],
  ['JSON that is not valid', '{"a": [1, 2', 'data.json'],
  ['JSON that is a number', '42', 'data.json'],
  ['JSON that is text', '"hello"', 'data.json'],
  ['JSON that is an empty list', '[]', 'data.json'],
  ['JSON of bare numbers', '[1,2,3]', 'data.json'],
  ['JSON nested a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000), 'data.json'],
  ['an object nested deep', `${`{"a":`.repeat(50_000)}1${'}'.repeat(50_000)}`, 'data.json'],
  ['NDJSON with a broken line', '{"a":1}\n{"a":\n{"a":3}\n', 'data.ndjson'],
  ['NDJSON of lists', '[1]\n[2]\n', 'data.ndjson'],
  ['a quote that never closes', 'a,b\n"1,2\n3,4\n'],
  ['ragged rows', 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n'],
];

describe('uploads', () => {
  it.each(REFUSED_FILES)(
    '%s is refused in words and leaves nothing',
    async (_what, content, name) => {
      const fresh = (await createDraft(ctx, {})).id;
      const answer = await upload(content, name, fresh);
      expectRefusal(answer);
      expect(await db().upload.count({ where: { draftId: fresh } })).toBe(0);
    },
  );

  it('leaves no file of those refused on the disk', async () => {
    const kept = await db().upload.findMany({ select: { id: true } });
    const dir = path.join(env().home, 'uploads');
    expect((await readdir(dir)).sort()).toEqual(kept.map(({ id }) => id).sort());
  });

  it.each([
    ['a name that climbs', '../../../../etc/cron.d/evil.csv', 'evil.csv'],
    ['a Windows path', 'C:\\Users\\x\\data.csv', 'data.csv'],
    ['control characters', 'da\u0007ta\r\n.csv', 'data.csv'],
    ['a shell command', 'a;rm -rf $(x).csv', 'a_rm -rf _(x).csv'],
    ['direction marks', 'data\u202egpj.csv', 'datagpj.csv'],
    ['only dots', '...', 'upload'],
  ])('%s in the file name does no harm', async (_what, name, shown) => {
    const answer = await upload('a,b\n1,2\n', name);
    expect(answer.status, JSON.stringify(answer)).toBe(200);
    const row = await db().upload.findFirstOrThrow({ where: { draftId } });
    expect(row.fileName).toBe(shown);
    expect(path.resolve(env().home, row.path)).toContain(path.join(env().home, 'uploads', row.id));
  });

  const fieldsOf = (answer: Answer) =>
    (answer.data as { fields: { name: string; type: string; sourceName: string }[] }).fields;

  it('takes formula cells as data, byte order marks and other encodings as text', async () => {
    const cells = '"=cmd|\'/C calc\'!A0",@SUM(1+1),+1-2';
    const answer = await upload(`formula,at,plus\n${cells}\n`);
    expect(answer.status).toBe(200);
    expect((answer.upload as { profile: { samples: string[] }[] }).profile[0]?.samples).toEqual([
      "=cmd|'/C calc'!A0",
    ]);
    const marked = await upload(Buffer.concat([bytes('efbbbf'), Buffer.from('naïve,b\n1,2\n')]));
    expect(fieldsOf(marked)[0]?.sourceName).toBe('naïve');
    const latin = await upload(Buffer.from('name,b\nJos\xe9,2\n', 'latin1'));
    const view = latin.upload as { warnings: string[]; profile: { samples: string[] }[] };
    expect(view.profile[0]?.samples).toEqual(['José']);
    expect(view.warnings[0]).toContain('windows-1252');
    const wide16 = await upload(Buffer.concat([bytes('fffe'), utf16('a,b\n1,é\n')]));
    expect(fieldsOf(wide16).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it.each<[what: string, content: string, name?: string]>([
    ['SQL in the header', '"x""; drop table product; --",b\n1,2\n'],
    ['quotes of every kind in the header', `"a'b","c""d",e\\f\n1,2,3\n`],
    ['names that repeat', 'a,A,a\n1,2,3\n'],
    ['names that are empty', ',,\n1,2,3\n'],
    ['SQL in cells', "a\n'; drop table product; --\n"],
    ['a header of keywords', 'select,from,where\n1,2,3\n'],
    ['a very long cell', `a,b\n${'x'.repeat(2_000_000)},1\n`],
    ['half a surrogate in JSON', '[{"a":"\\ud800"},{"a":"b"}]', 'data.json'],
    ['NUL escaped in JSON', '[{"a":"x\\u0000y"},{"a":"b"}]', 'data.json'],
    ['a prototype as a column', '[{"__proto__":1,"constructor":2}]', 'data.json'],
  ])('%s is data or a clear refusal', async (_what, content, name) => {
    const answer = await upload(content, name);
    if (answer.status !== 200) expectRefusal(answer);
    expect(await db().product.count()).toBe(0);
  });

  it('needs a name, a draft, an author and the right scope', async () => {
    expectRefusal(await send('PUT', `/drafts/${draftId}/source/file`, 'a\n1\n', 'text/csv'));
    expectRefusal(await upload('a\n1\n', 'x'.repeat(600)));
    expectRefusal(await upload('a\n1\n', 'a\u0000b.csv'));
    expect((await upload('a\n1\n', 'a.csv', 'nothing-here')).status).toBe(404);
    expect((await upload('a\n1\n', 'a.csv', "' or 1=1 --")).status).toBe(404);
    const weak = await createApiToken(ctx, {
      name: 'w',
      scopes: ['catalog:read'],
      expiresInDays: 1,
    });
    const response = await fetch(`${base}/api/v1/drafts/${draftId}/source/file?name=a.csv`, {
      method: 'PUT',
      body: 'a\n1\n',
      headers: { authorization: `Bearer ${weak.token}`, 'content-type': 'text/csv' },
    });
    expect(response.status).toBe(403);
  });

  it('answers a refusal also while the file is still on its way', async () => {
    const bomb = gzipSync(Buffer.alloc(60_000_000, 'a'));
    const answer = await upload(Buffer.concat([bomb, Buffer.alloc(30_000_000, 7)]));
    expect(answer.status).toBe(400);
    expect(answer.detail).toContain('zip bomb');
  });

  it('is bounded', async () => {
    const held = env().PORTOLAN_MAX_UPLOAD_BYTES;
    Object.assign(env(), { PORTOLAN_MAX_UPLOAD_BYTES: 1000 });
    try {
      expect((await upload(`a\n${'1\n'.repeat(5000)}`)).status).toBe(413);
      expect((await upload(gzipSync(`a\n${'1\n'.repeat(50_000)}`))).status).toBe(413);
    } finally {
      Object.assign(env(), { PORTOLAN_MAX_UPLOAD_BYTES: held });
    }
  });
});

const head =
  'apiVersion: v1\nkind: DataProduct\nmetadata: {name: orders, namespace: sales-domain}\n';
const spec = 'owner: a@b.co, version: "1.0.0", description: d';
const REFUSED_DOCUMENTS: [string, string][] = [
  ['nothing', ' '],
  ['no YAML', '{{{{'],
  ['a list', '- a\n- b\n'],
  ['an unknown kind', 'apiVersion: v1\nkind: Secret\n'],
  ['another version', 'apiVersion: v9\nkind: DataProduct\n'],
  ['a spec that is text', `${head}spec: hello\n`],
  ['no columns', `${head}spec: {${spec}, schema: []}\n`],
  ['an unknown type', `${head}spec: {${spec}, schema: [{name: a, type: varchar}]}\n`],
  [
    'a column twice',
    `${head}spec: {${spec}, schema: [{name: a, type: string}, {name: A, type: string}]}\n`,
  ],
  ['SQL as a name', `${head.replace('orders', '"x; drop table product"')}spec: {${spec}}\n`],
  ['a path as a name', `${head.replace('orders', '../../etc')}spec: {${spec}}\n`],
  ['an alias bomb', `a: &a [x,x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n`],
  ['a tag that runs code', 'a: !!js/function "function(){}"\n'],
  ['two documents', `${head}---\n${head}`],
  ['a prototype', `__proto__: {x: 1}\n${head}`],
  ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['a control character', 'apiVersion: v1\u0007\n'],
  [
    'a bad latency',
    `${head}spec: {${spec}, schema: [{name: a, type: string}], slo: {latency: soon}}\n`,
  ],
];

describe('documents', () => {
  it.each(REFUSED_DOCUMENTS)('with %s are refused with the place', async (_what, yaml) => {
    const answer = await send('POST', '/drafts/import', JSON.stringify({ yaml }));
    expect(answer.status).toBe(400);
    expectRefusal(answer);
  });
});

const deepJson = `{"rev":1,"data":{"quality":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
const REFUSED_DRAFTS: [string, string][] = [
  ['no JSON', '{'],
  ['nothing', ''],
  ['a list', '[]'],
  ['no revision', '{"data":{}}'],
  ['a revision beyond all numbers', '{"rev":9999999999,"data":{}}'],
  ['a revision of text', '{"rev":"1","data":{}}'],
  ['an unknown field', '{"rev":1,"data":{"isAdmin":true}}'],
  ['a prototype', '{"rev":1,"data":{"__proto__":{"x":1}}}'],
  ['a number for a title', '{"rev":1,"data":{"title":7}}'],
  ['NUL in a title', '{"rev":1,"data":{"title":"a\\u0000b"}}'],
  ['half a character', '{"rev":1,"data":{"title":"\\ud800"}}'],
  ['a title without end', JSON.stringify({ rev: 1, data: { title: 'x'.repeat(5000) } })],
  ['too many tags', JSON.stringify({ rev: 1, data: { tags: Array(1000).fill('x') } })],
  ['an unknown source', '{"rev":1,"data":{"source":{"kind":"file","path":"/etc/passwd"}}}'],
  ['a classification of its own', '{"rev":1,"data":{"classification":"none"}}'],
  [
    'too many columns',
    JSON.stringify({ rev: 1, data: { fields: Array(3000).fill({ name: 'a', type: 'string' }) } }),
  ],
  ['deep JSON', deepJson],
  [
    'more than a megabyte',
    JSON.stringify({ rev: 1, data: { documentation: 'x'.repeat(2_000_000) } }),
  ],
];

describe('drafts', () => {
  it.each(REFUSED_DRAFTS)('with %s are refused', async (_what, body) => {
    expectRefusal(await send('PUT', `/drafts/${draftId}`, body));
  });

  it('hold hostile names until the review, which names each field', async () => {
    const hostile = (await createDraft(ctx, { template: 'batch_analytics' })).id;
    const fields = ['', ' ', 'a"; drop table x; --\u0007', 'a', 'A', 'x'.repeat(290)].map(
      (name) => ({
        name,
        type: 'string',
      }),
    );
    const data = {
      template: 'no such template',
      domain: "' or 1=1 --",
      name: '../../etc/passwd',
      owner: 'not an address',
      source: {
        kind: 'sql',
        sql: 'drop table product',
        inputs: [{ alias: 'a b', product: '../x' }],
      },
      fields,
      quality: [
        { name: 'r', dimension: 'd', check: 'drop table', column: 'nope', config: {}, reason: '' },
      ],
      slo: { availability: '200%', latency: 'soon', freshness: '-1 day' },
    };
    const saved = await send('PUT', `/drafts/${hostile}`, JSON.stringify({ rev: 1, data }));
    expect(saved.status, JSON.stringify(saved)).toBe(200);
    const review = await fetch(`${base}/api/v1/drafts/${hostile}/review`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(review.status).toBe(200);
    const { fields: errors } = (await review.json()) as { fields: Record<string, string> };
    expect(Object.keys(errors)).toEqual(
      expect.arrayContaining([
        'template',
        'domain',
        'name',
        'owner',
        'source.inputs.0.alias',
        'source.inputs.0.product',
        'fields.0.name',
        'fields.2.name',
        'fields.4.name',
        'fields.5.name',
        'quality.0.check',
        'slo.availability',
        'slo.latency',
        'slo.freshness',
      ]),
    );
    const submit = await send('POST', `/drafts/${hostile}/submit`, '{"rev":2}');
    expect(submit.status).toBe(400);
    expect((submit.errors as unknown[]).length).toBeGreaterThan(10);
    expect(await db().product.count()).toBe(0);
  });
});

const HOSTILE_ADDRESSES = [
  '/products/%00/lifecycle',
  '/contract-versions/x/diff?to=%00',
  '/contract-versions/%00/diff?to=x',
  '/quality/incidents/%00',
  '/quality/rules/%00/history',
  '/slo/%00/x',
  '/runs/%00',
  '/products/x/snapshots?before=99999999999999',
  '/products/x/snapshots?before=2147483648',
];
const rule = (part: string) => `{"name":"r","check":"row_count","config":{"min":1},${part}}`;
const deepSettings = `{"name":"r","check":"row_count","config":{"min":1,"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;

describe('every address', () => {
  it.each(HOSTILE_ADDRESSES)('refuses %s in words', async (url) => {
    const response = await fetch(`${base}/api/v1${url}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const answer = (await response.json()) as Answer;
    expectRefusal({ ...answer, status: response.status });
  });

  it.each([
    ['a NUL', rule('"reason":"a\\u0000b"')],
    ['half a character', rule('"reason":"\\ud800"')],
    ['a NUL in a name', '{"name":"r","check":"row_count","config":{"min":1,"a\\u0000":1}}'],
    ['settings without a floor', deepSettings],
  ])('refuses a body with %s and says where', async (_what, body) => {
    const answer = await send('POST', '/products/x/quality/rules', body);
    expect(answer.status).toBe(400);
    expectRefusal(answer);
  });
});
