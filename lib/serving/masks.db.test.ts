import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeGrant, grantAccess, revokeGrant } from '@/lib/access';
import { type Ctx, env, isAppError, newId, setClock, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { readableForOwner } from '@/lib/platform';
import { closeLake, queryRows, scanSql } from '@/lib/platform/lake';
import { previewSql } from '@/lib/platform/sandbox';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import type { GrantTermsInput, SchemaField } from '@/lib/specs';
import { diffSnapshots } from './diff';
import { openRows } from './open-rows';
import { flushUsage } from './usage';

useTestDatabase();

const FIELDS: SchemaField[] = [
  { name: 'id', type: 'long', primaryKey: true },
  { name: 'email', type: 'string', pii: true },
  { name: 'salary', type: 'integer' },
  { name: 'born', type: 'date' },
  { name: 'secret', type: 'string' },
  { name: 'region', type: 'string' },
];
const COUNT = 40;
// Every value that is masked holds a word or a number that stands nowhere else.
const sql = (
  more = '',
) => `select i as id, 'zq' || i || 'mail@x.example' as email, 770000 + i * 13 as salary,
  date '1971-03-17' + (i * 31)::int as born, 'zqhidden' || i as secret,
  if(i % 4 = 0, 'zqfar', 'EU') as region from range(${COUNT}) t(i) ${more}`;
const born = (i: number) => new Date(Date.UTC(1971, 2, 17 + i * 31)).toISOString().slice(0, 10);
/** What may be in no answer: the masked values, the hidden column's, the rows that are filtered out. */
const SECRETS = [
  'mail@x.example',
  'zqhidden',
  'zqfar',
  'zqphone',
  ...Array.from({ length: COUNT }, (_, i) => [String(770000 + i * 13), born(i)]).flat(),
].filter((one) => !one.endsWith('-01-01') && !one.endsWith('0000'));

const TERMS: GrantTermsInput = {
  columns: {
    id: { as: 'plain' },
    email: { as: 'hash' },
    salary: { as: 'generalise', step: 10_000 },
    born: { as: 'generalise', step: 'year' },
    region: { as: 'partial' },
  },
  filter: [{ column: 'region', operator: 'eq', values: ['EU'] }],
};

let owner: Ctx;
let reader: Ctx;
let productId: string;
let hr: string;
let grantId: string;
beforeAll(async () => {
  const domain = await makeDomain({ name: 'hr' });
  hr = domain.id;
  await seedPolicies(systemCtx('test'));
  const person = await makeMember(domain.id, 'data_admin');
  owner = await ctxOf(person);
  const consumer = await makeUser();
  reader = await ctxOf(consumer);
  const made = await makeLiveProduct({
    ...{ domainId: domain.id, ownerId: person.id, name: 'people', classification: 'confidential' },
    ...{ fields: FIELDS, sql: sql('where i < 20'), moreFiles: [sql('where i >= 20')] },
  });
  productId = made.product.id;
  await addSnapshot({ productId, fields: FIELDS, sql: sql('where i <> 7') });
  const given = await grantAccess(owner, { productId, email: consumer.email, purpose: 'A study' });
  grantId = given.grantId;
  await changeGrant(owner, { grantId, terms: TERMS });
});
afterAll(async () => {
  await flushUsage();
  await closeLake();
});

/** A file's rows as text: compressed bytes would hide what they hold. */
async function rowsOfParquet(bytes: Buffer): Promise<string> {
  const file = path.join(env().home, `${newId()}.parquet`);
  await writeFile(file, bytes);
  return JSON.stringify(
    await queryRows(`select * from ${scanSql([{ path: file, key: null }])}`, [], {}),
  );
}

type Format = 'json' | 'ndjson' | 'csv' | 'parquet';

/** Everything that comes back, as text: rows, headers, or the words of the refusal. */
async function answer(
  query: string,
  format: Format = 'json',
  ctx = reader,
  of = { domain: 'hr', product: 'people' },
): Promise<string> {
  try {
    const signal = new AbortController().signal;
    const { body, headers } = await openRows(ctx, { ...of, query, format, signal });
    const parts: Buffer[] = [];
    if (Buffer.isBuffer(body)) parts.push(body);
    else if (body) for await (const part of body) parts.push(Buffer.from(part as Buffer));
    const bytes = Buffer.concat(parts);
    const text = format === 'parquet' ? await rowsOfParquet(bytes) : bytes.toString();
    return `${JSON.stringify(headers)}\n${text}`;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return `!${error.message} ${JSON.stringify(error.details)}`;
  }
}

/** Which secrets a text tells. A refusal may say again what was asked; an answer with rows may not. */
function leaks(text: string, asked = ''): string[] {
  const words = text.startsWith('!')
    ? asked.split(/[&=.,()' ]+/).filter((one) => one.length > 1)
    : [];
  const told = words.reduce((rest, word) => rest.replaceAll(word, ''), text);
  return SECRETS.filter((secret) => told.includes(secret));
}

describe('a masked value', () => {
  it('is in no answer, whatever is selected, filtered, sorted and paged, in every format', async () => {
    const column = fc.constantFrom(...FIELDS.map((field) => field.name));
    const value = fc.constantFrom(
      '770013',
      '771000',
      'zq1mail@x.example',
      'zq*',
      '*',
      'EU',
      'zqfar',
      '1971-04-17',
      '1971-01-01',
      '3',
      'a',
      'E***',
    );
    const operator = fc.constantFrom(
      'eq',
      'neq',
      'gt',
      'gte',
      'lt',
      'lte',
      'like',
      'ilike',
      'not.eq',
    );
    const filter = fc
      .tuple(column, operator, value)
      .map(([name, op, text]) => [name, `${op}.${text}`] as const);
    const param = fc.oneof(
      filter,
      column.map((name) => ['order', `${name}.desc`] as const),
      fc.tuple(column, column).map((names) => ['select', [...new Set(names)].join(',')] as const),
      fc.constantFrom(['count', 'exact'] as const, ['asOf', '1'] as const, ['limit', '3'] as const),
      column.map((name) => [name, 'is.null'] as const),
    );
    const params = fc.uniqueArray(param, { maxLength: 4, selector: ([name]) => name });
    const format = fc.constantFrom<Format>('json', 'ndjson', 'csv');
    await fc.assert(
      fc.asyncProperty(params, format, async (chosen, shape) => {
        const query = new URLSearchParams(chosen.map(([name, text]) => [name, text])).toString();
        const asked = chosen.flat().join('=');
        expect(leaks(await answer(query, shape), asked)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is found by no filter and moves no row by its order', async () => {
    const ids = async (query: string) => {
      const text = await answer(`select=id&limit=100&${query}`);
      return (
        JSON.parse(text.slice(text.indexOf('\n') + 1)) as { rows: { id: number }[] }
      ).rows.map((row) => row.id);
    };
    const all = await ids('');
    expect(all).toHaveLength(29);
    expect(all.every((id) => id % 4 !== 0 && id !== 7)).toBe(true);
    // A guess of the value finds nothing, and a bound inside a step cuts the step nowhere.
    expect(await ids('email=eq.zq1mail@x.example')).toEqual([]);
    expect(await ids('salary=eq.770013')).toEqual([]);
    expect(await ids('salary=gt.770000')).toEqual([]);
    expect(await ids('born=gte.1971-06-01')).toEqual(await ids('born=gte.1972-01-01'));
    // Within a step the order is that of the rows, not of the values.
    expect(await ids('order=salary.desc')).toEqual(all);
    // A digest that was read can be asked for again.
    const text = await answer('select=email&limit=1');
    const [{ email }] = JSON.parse(text.slice(text.indexOf('\n') + 1)).rows;
    expect(await ids(`email=eq.${email}`)).toEqual([all[0]]);
    expect(await answer('secret=is.null')).toContain('There is no column');
  });

  it('is in no file, no earlier snapshot, no comparison and no page', async () => {
    expect(await answer('', 'parquet')).toContain('"region":"***"');
    for (const query of ['', 'asOf=1', 'select=email,salary', 'order=salary']) {
      expect(leaks(await answer(query, 'parquet'), query), query).toEqual([]);
    }
    const signal = new AbortController().signal;
    const diff = await diffSnapshots(reader, {
      domain: 'hr',
      product: 'people',
      from: '1',
      to: '2',
      signal,
    });
    expect(diff.counts).toEqual({ added: 0, removed: 1, changed: 0 });
    expect(leaks(JSON.stringify(diff.rows))).toEqual([]);
    const seen: number[] = [];
    for (let page = ''; ; ) {
      const text = await answer(`limit=4${page && `&page=${page}`}`);
      const { rows, nextPage } = JSON.parse(text.slice(text.indexOf('\n') + 1));
      seen.push(...rows.map((row: { id: number }) => row.id));
      if (!nextPage) break;
      page = nextPage;
    }
    // No page ends early where rows are left out.
    expect(seen).toHaveLength(29);
  });

  it('does not come out of what is derived, and no error of somebody’s SQL tells it', async () => {
    const reading = {
      ownerId: reader.actor.type === 'user' ? reader.actor.id : '',
      domain: 'x',
      name: 'mine',
    };
    const input = { name: 'people', ...(await readableForOwner(productId, reading)) };
    const whole = await previewSql({
      sql: 'select * from people',
      inputs: [input],
      limits: { maxRows: 100 },
    });
    expect(whole.rows).toHaveLength(29);
    expect(leaks(JSON.stringify(whole))).toEqual([]);
    const told = async (statement: string) => {
      const work = previewSql({ sql: statement, inputs: [input], limits: { maxRows: 100 } });
      const outcome = await work.catch((error: Error) => `!${error.message}`);
      return typeof outcome === 'string' ? outcome : JSON.stringify(outcome);
    };
    for (const statement of [
      `select error(region || id) from people where id % 4 = 0`,
      'select cast(email as integer) from people',
      `select * from people where case when region like 'zq%' then error(region) else true end`,
      'select min(salary), max(salary), min(born), max(born), min(email), max(region) from people',
      'select secret from people',
    ]) {
      expect(leaks(await told(statement), statement), statement).toEqual([]);
    }
  });

  it('keeps its digest for one reader over the products of a domain, and another reader has another', async () => {
    const digest = async (ctx: Ctx, domain = 'hr', product = 'people') =>
      /[0-9a-f]{32}/.exec(
        (await answer('select=email&order=id&limit=1', 'csv', ctx, { domain, product }))
          .split('\n')
          .slice(1)
          .join(),
      )?.[0];
    const mine = await digest(reader);
    // Whoever may publish elsewhere cannot have digests made of values that they guess.
    const guesses = async (domainId: string) => {
      const made = await makeLiveProduct({
        ...{ domainId, ownerId: actorId(owner), name: 'guesses', classification: 'confidential' },
        ...{ fields: FIELDS, sql: sql('where i > 0') },
      });
      const to = { productId: made.product.id, purpose: 'A study', email: actorEmail(reader) };
      const { grantId } = await grantAccess(owner, to);
      await changeGrant(owner, { grantId, terms: TERMS });
    };
    await guesses(hr);
    const elsewhere = await makeDomain({ name: 'elsewhere' });
    await guesses(elsewhere.id);
    expect(await digest(reader, 'hr', 'guesses')).toBe(mine);
    const theirGuess = await digest(reader, 'elsewhere', 'guesses');
    expect(theirGuess).toMatch(/^[0-9a-f]{32}$/);
    expect(theirGuess).not.toBe(mine);
    const other = await makeUser();
    const given = await grantAccess(owner, {
      productId,
      email: other.email,
      purpose: 'Another study',
    });
    await changeGrant(owner, { grantId: given.grantId, terms: TERMS });
    const theirs = await digest(await ctxOf(other));
    expect(mine).toMatch(/^[0-9a-f]{32}$/);
    expect(theirs).not.toBe(mine);
    const [plain] = await queryRows(
      `select left(sha256('zq1mail@x.example'), 32) as digest`,
      [],
      {},
    );
    expect([mine, theirs]).not.toContain(plain?.digest);
  });

  it('of a column that came later is hidden until somebody opens it', async () => {
    const fields = [...FIELDS, { name: 'phone', type: 'string' } as const];
    await addSnapshot({ productId, fields, sql: `select *, 'zqphone' as phone from (${sql()})` });
    await expect.poll(() => answer('limit=1')).toContain('"number":3');
    expect(await answer('phone=is.null')).toContain('There is no column "phone"');
    expect(leaks(await answer('limit=100'))).toEqual([]);
  });
});

it.each<Format>(['ndjson', 'csv', 'parquet'])(
  'a download of %s under way is cut off when the grant is revoked',
  async (format) => {
    const { product } = await makeLiveProduct({
      ...{
        domainId: hr,
        ownerId: actorId(owner),
        name: `long-${format}`,
        classification: 'confidential',
      },
      fields: [{ name: 'text', type: 'string' }],
      sql: 'select sha256(i::varchar) as text from range(400000) t(i)',
    });
    const consumer = await makeUser();
    const given = await grantAccess(owner, {
      ...{ productId: product.id, email: consumer.email, purpose: 'A study' },
    });
    const ctx = await ctxOf(consumer);
    const signal = new AbortController().signal;
    const request = { domain: 'hr', product: product.name, query: 'order=text', format, signal };
    const { body } = await openRows(ctx, request);
    const parts = (body as Readable)[Symbol.asyncIterator]();
    expect((await parts.next()).done).toBe(false);
    await revokeGrant(owner, given);
    await expect
      .poll(
        () =>
          openRows(ctx, request).then(
            ({ body: other }) => (other as Readable).destroy(),
            (error) => error.code,
          ),
        { timeout: 5000 },
      )
      .toBe('forbidden');
    const later = Date.now() + 1000;
    setClock(() => later);
    const rest = async () => {
      while (!(await parts.next()).done);
    };
    await expect(rest()).rejects.toMatchObject({ code: 'forbidden' });
    setClock(undefined);
  },
);

const actorId = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.id : '');
const actorEmail = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.email : '');
