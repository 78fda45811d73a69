import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { type Ctx, db, env, setClock } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { runPipeline } from '@/lib/pipelines';
import { readSnapshot } from '@/lib/platform';
import {
  type Durable,
  promoteProduct,
  provisionRun,
  rollBack,
  runDeps,
  stageProduct,
  submitProduct,
} from '@/lib/provisioning';
import { activateVersion, proposeChange } from '@/lib/provisioning/versions';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { placesOf } from '@/lib/runtime/testing/find-bytes';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { openRows } from '@/lib/serving';
import { type DataProduct, printDocument } from '@/lib/specs';
import {
  decidePrivacyRequest,
  executePrivacyRequest,
  extendPrivacyRequest,
  getPrivacyRequest,
  listPrivacyRequests,
  openArchive,
  placeHold,
  type ReceivePrivacyRequestInput,
  receivePrivacyRequest,
  releaseHold,
  removeArchives,
  searchSubject,
  verifyReceipt,
  watchClocks,
} from '..';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const DAY = 86_400_000;
const deps = runDeps(driverServices);
/** Without a durable engine; a wait is the time in which the loads that are queued are done. */
const inline: Durable = {
  step: (_name, work) => work(),
  sleep: async () => {
    const queued = await db().pipelineRun.findMany({ where: { status: 'queued' } });
    for (const { id } of queued) await runPipeline(inline, deps, id);
  },
};
const nothing = async () => undefined;

async function steward(): Promise<Ctx> {
  return ctxOf(await makeUser({ platformRoles: ['steward'] }));
}

async function live(draft: Awaited<ReturnType<typeof makeDraft>>): Promise<string> {
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await provisionRun(inline, deps, runId);
  const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId } });
  expect([run.status, run.error]).toEqual(['succeeded', null]);
  return productId;
}

const rules = (column: string) =>
  [
    ['completeness', 'not_null'],
    ['uniqueness', 'unique'],
  ].map(([dimension = '', check = '']) => ({
    name: `${column} ${check}`,
    dimension,
    check,
    column,
    config: {},
    reason: 'Set by a test.',
  }));

/** Customers with an e-mail address each, provisioned from an uploaded file. */
async function customers(name: string, email: string) {
  const draft = await makeDraft({
    name,
    csv: `id,email,city\n1,${email},Oslo\n2,somebody@else.example,Bergen\n3,third@else.example,Oslo\n`,
    data: {
      classification: 'confidential',
      access: [{ role: 'data_producer', permissions: ['read'] }],
      fields: [
        { name: 'id', type: 'long', primaryKey: true },
        { name: 'email', type: 'string', pii: true },
        { name: 'city', type: 'string' },
      ],
      quality: [...rules('id'), ...rules('email')],
    },
  });
  return { draft, productId: await live(draft) };
}

/** A product of the same owner's that is made of customers, and keeps an address that it does not declare. */
async function derivedFrom(draft: Awaited<ReturnType<typeof makeDraft>>, source: string) {
  const owner = await db().user.findUniqueOrThrow({ where: { id: draft.ownerId } });
  const child = await makeDraft({
    name: 'by-city',
    data: {
      domain: draft.domain.name,
      owner: owner.email,
      source: {
        kind: 'sql',
        sql: 'select city, count(*) as n, min(lower(email)) as first from customers group by 1',
        inputs: [{ alias: 'customers', product: `${draft.domain.name}/${source}` }],
      },
      classification: 'confidential',
      access: [{ role: 'data_producer', permissions: ['read'] }],
      fields: [
        { name: 'city', type: 'string' },
        { name: 'n', type: 'long' },
        { name: 'first', type: 'string' },
      ],
      quality: rules('city'),
    },
  });
  await db().productDraft.update({
    where: { id: child.draftId },
    data: { authorId: draft.ownerId },
  });
  return live({ ...child, ctx: draft.ctx });
}

/** The product's next version, in force: without a column, so that the old one goes on beside it. */
async function nextVersion(ctx: Ctx, productId: string, column: string): Promise<void> {
  const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  const document = structuredClone(descriptor) as unknown as DataProduct;
  document.spec.schema = document.spec.schema.filter((field) => field.name !== column);
  const yaml = printDocument(document);
  const { versionId } = await proposeChange(ctx, { productId, yaml, reason: 'Nobody needs it.' });
  const { runId } = await activateVersion(ctx, { versionId });
  await provisionRun(inline, deps, runId ?? '');
  const version = await db().contractVersion.findUniqueOrThrow({ where: { id: versionId } });
  expect([version.status, version.error]).toEqual(['active', null]);
}

async function received(ctx: Ctx, input: Partial<ReceivePrivacyRequestInput>) {
  const { requestId } = await receivePrivacyRequest(ctx, {
    regulation: 'gdpr',
    kind: 'erasure',
    identifier: 'nobody@else.example',
    ...input,
  });
  await searchSubject(requestId);
  return { requestId, found: await getPrivacyRequest(ctx, requestId) };
}

async function execute(
  ctx: Ctx,
  requestId: string,
  checkpoint = nothing as Parameters<typeof executePrivacyRequest>[1],
) {
  const { rev } = await getPrivacyRequest(ctx, requestId);
  await decidePrivacyRequest(ctx, { requestId, rev, decision: 'execute' });
  await executePrivacyRequest(inline, checkpoint, requestId);
  return getPrivacyRequest(ctx, requestId);
}

const emailsOf = async (productId: string) => {
  const served = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
  const rows = await readSnapshot(
    served.snapshotId!,
    (rel) => `select email from ${rel} order by 1`,
  );
  return rows.map((row) => row.email);
};

describe('erasure', () => {
  it('leaves no byte of the identifier anywhere, and a receipt that proves what was done', async () => {
    const email = 'Erased.Person@Gone.example';
    const ctx = await steward();
    const { draft, productId } = await customers('erased-customers', email);
    const derivedId = await derivedFrom(draft, 'erased-customers');
    const before = await placesOf(email);
    expect(before.filter((place) => place.startsWith('file uploads'))).toHaveLength(1);
    expect(before.filter((place) => place.startsWith('snapshot'))).toHaveLength(2);

    const { requestId, found } = await received(ctx, { identifier: ` ${email.toUpperCase()} ` });
    expect(found.status).toBe('review');
    expect(found.findings.map((one) => [one.product, one.via, one.rows, one.columns])).toEqual([
      [`${draft.domain.name}/erased-customers`, 'declared', 1, ['email']],
      [`${draft.domain.name}/by-city`, 'lineage', 0, []],
    ]);
    const done = await execute(ctx, requestId);
    expect([done.status, done.error]).toEqual(['completed', null]);
    expect(done.findings.map((one) => [one.via, one.status])).toEqual([
      ['declared', 'done'],
      ['lineage', 'done'],
    ]);
    expect(await emailsOf(productId)).toEqual(['somebody@else.example', 'third@else.example']);
    const served = await db().productEnvironment.findFirstOrThrow({
      where: { productId: derivedId },
    });
    const rows = await readSnapshot(
      served.snapshotId!,
      (rel) => `select city, n::int as n from ${rel} order by 1`,
    );
    expect(rows).toEqual([
      { city: 'Bergen', n: 1 },
      { city: 'Oslo', n: 1 },
    ]);
    expect(await placesOf(email)).toEqual([]);

    const { claims, isAbout } = await verifyReceipt(ctx, {
      receipt: done.receipt!,
      identifier: email,
    });
    expect(isAbout).toBe(true);
    expect(claims).toMatchObject({
      request: requestId,
      article: 'GDPR Art. 17',
      products: [
        {
          outcome: 'done',
          rowsErased: 1,
          destroyed: [{ isKeyDestroyed: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
        },
        { outcome: 'done', via: 'lineage' },
      ],
    });
    const other = await verifyReceipt(ctx, {
      receipt: done.receipt!,
      identifier: 'x@else.example',
    });
    expect(other.isAbout).toBe(false);
    const [head, body, signature] = done.receipt!.split('.');
    const forged = Buffer.from(
      Buffer.from(body!, 'base64url').toString().replace('"rowsErased":1', '"rowsErased":9'),
    ).toString('base64url');
    await expect(
      verifyReceipt(ctx, { receipt: `${head}.${forged}.${signature}` }),
    ).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('reaches older versions and what waits in staging, also of products that derive from them', async () => {
    const email = 'every.where@gone.example';
    const ctx = await steward();
    const { draft, productId } = await customers('versioned-customers', email);
    const derivedId = await derivedFrom(draft, 'versioned-customers');
    await nextVersion(draft.ctx, productId, 'city');
    await nextVersion(draft.ctx, derivedId, 'n');
    for (const id of [productId, derivedId]) {
      const { runId } = await stageProduct(draft.ctx, { productId: id });
      await provisionRun(inline, deps, runId);
    }
    const environments = ['production', 'staging', 'v1'];
    const { requestId, found } = await received(ctx, { identifier: email });
    const places = found.findings.map((one) => `${one.via} ${one.environment}`).sort();
    expect(places).toEqual([
      ...environments.map((one) => `declared ${one}`),
      ...environments.map((one) => `lineage ${one}`),
    ]);
    const done = await execute(ctx, requestId);
    expect([done.status, done.error]).toEqual(['completed', null]);
    expect(new Set(done.findings.map((one) => one.status))).toEqual(new Set(['done']));
    expect(await placesOf(email)).toEqual([]);
    // What was tested is not what is there now: neither a promotion nor a rollback brings it back.
    for (const id of [productId, derivedId]) {
      await expect(promoteProduct(draft.ctx, { productId: id })).rejects.toMatchObject({
        code: 'precondition',
      });
      await expect(rollBack(draft.ctx, { productId: id })).rejects.toMatchObject({
        code: 'precondition',
      });
    }
    expect(await placesOf(email)).toEqual([]);
  });

  it('destroys older snapshots that know the person and leaves those that do not', async () => {
    const ctx = await steward();
    const domain = await makeDomain();
    const owner = await makeMember(domain.id, 'data_producer');
    const fields = [{ name: 'email', type: 'string' as const, pii: true }];
    const clean = `select 'kept@else.example' as email`;
    const dirty = `select unnest(['old@gone.example', 'kept@else.example']) as email`;
    const { product, snapshot } = await makeLiveProduct({
      domainId: domain.id,
      ownerId: owner.id,
      fields,
      sql: clean,
    });
    const second = await addSnapshot({ productId: product.id, fields, sql: dirty });
    const third = await addSnapshot({ productId: product.id, fields, sql: clean });
    const { requestId, found } = await received(ctx, { identifier: 'old@gone.example' });
    expect(found.findings).toHaveLength(1);
    await execute(ctx, requestId);
    const left = await db().snapshot.findMany({
      where: { productId: product.id, status: 'ready' },
    });
    expect(left.map((one) => one.id).sort()).toEqual([snapshot.id, third.id].sort());
    const dir = path.join(env().home, 'lake', product.id, 'production');
    expect(await readdir(dir)).not.toContain(second.id);
    expect(await emailsOf(product.id)).toEqual(['kept@else.example']);
  });

  it('takes a nested value as a whole: who is 12 is not who is 912', async () => {
    const ctx = await steward();
    const domain = await makeDomain();
    const owner = await makeMember(domain.id, 'data_producer');
    const inner = { name: 'number', type: 'string' as const, pii: true };
    const fields = [
      { name: 'email', type: 'string' as const },
      { name: 'person', type: 'struct' as const, fields: [inner] },
    ];
    const { product } = await makeLiveProduct({
      domainId: domain.id,
      ownerId: owner.id,
      fields,
      sql: `select 'n' || n as email, {'number': n} as person
        from unnest(['412+a', '9412+a', '412+ab', '412xa']) t(n)`,
    });
    const { requestId, found } = await received(ctx, { identifier: '412+A' });
    expect(found.findings.map((one) => one.rows)).toEqual([1]);
    await execute(ctx, requestId);
    expect(await emailsOf(product.id)).toEqual(['n412+ab', 'n412xa', 'n9412+a']);
  });

  it('ends with the same result from every instant at which it is cut', async () => {
    const ctx = await steward();
    const email = 'cut@gone.example';
    const instants = ['planned', 'reserved', 'written', 'swapped', 'rewritten', 'purged'];
    const { productId } = await customers('cut-customers', email);
    const { requestId, found } = await received(ctx, { identifier: email });
    await decidePrivacyRequest(ctx, { requestId, rev: found.rev, decision: 'execute' });
    for (const instant of instants) {
      const cut = new Promise<void>((resolve) => {
        const stop = async (name: string) => {
          if (name !== instant) return;
          resolve();
          throw new Cut();
        };
        executePrivacyRequest(dying, stop, requestId).catch(() => undefined);
      });
      await cut;
      expect((await emailsOf(productId)).length).toBeGreaterThanOrEqual(2);
    }
    await executePrivacyRequest(inline, nothing, requestId);
    const done = await getPrivacyRequest(ctx, requestId);
    expect([done.status, done.error]).toEqual(['completed', null]);
    expect(done.findings[0]).toMatchObject({ status: 'done', rowsErased: 1, filesDestroyed: 1 });
    expect(await emailsOf(productId)).toEqual(['somebody@else.example', 'third@else.example']);
    expect(await placesOf(email)).toEqual([]);
  });

  it('leaves a product under a legal hold as it is, says so, and goes on once it is released', async () => {
    const ctx = await steward();
    const email = 'held@gone.example';
    const { draft, productId } = await customers('held-customers', email);
    const what = `${draft.domain.name}/held-customers`;
    const { holdId } = await placeHold(ctx, { what, reason: 'A court asked for it to be kept.' });
    const first = await received(ctx, { identifier: email });
    expect(first.found.findings.map((one) => one.status)).toEqual(['held']);
    const done = await execute(ctx, first.requestId);
    expect([done.status, done.findings[0]?.status]).toEqual(['completed', 'held']);
    expect(await emailsOf(productId)).toContain(email);
    await releaseHold(ctx, { holdId, note: 'The matter is over.' });
    const second = await received(ctx, { identifier: email });
    await execute(ctx, second.requestId);
    expect(await placesOf(email)).toEqual([]);
  });

  it('meets a hold that was placed after the search', async () => {
    const ctx = await steward();
    const email = 'late@gone.example';
    const { draft, productId } = await customers('late-customers', email);
    const { requestId, found } = await received(ctx, { identifier: email });
    expect(found.findings.map((one) => one.status)).toEqual(['found']);
    await placeHold(ctx, { what: draft.domain.name, reason: 'A court asked for it to be kept.' });
    const done = await execute(ctx, requestId);
    expect(done.findings[0]?.status).toBe('held');
    expect(await emailsOf(productId)).toContain(email);
  });
});

class Cut extends Error {}
/** A worker that dies where it is cut: what comes after is never reached. */
const dying: Durable = {
  step: (name, work) => (name === 'fail' ? new Promise(() => {}) : work()),
  sleep: inline.sleep,
};

const texts = async (ctx: Ctx, product: string, query = '', format: 'csv' | 'parquet' = 'csv') => {
  const [domain = '', name = ''] = product.split('/');
  const signal = new AbortController().signal;
  const answer = await openRows(ctx, { domain, product: name, query, format, signal });
  const body = answer.body as Readable;
  return { etag: answer.headers.etag, bytes: Buffer.concat(await body.toArray()) };
};

describe('an opt-out', () => {
  it('keeps the rows and gives them to nobody, by any way of reading, derived products included', async () => {
    const ctx = await steward();
    const email = 'opted@out.example';
    const { draft, productId } = await customers('opted-customers', email);
    const owner = await db().user.findUniqueOrThrow({ where: { id: draft.ownerId } });
    const product = `${draft.domain.name}/opted-customers`;
    const child = await makeDraft({
      name: 'opted-by-city',
      data: {
        domain: draft.domain.name,
        owner: owner.email,
        source: {
          kind: 'sql',
          sql: 'select city, count(*) as n from customers group by 1',
          inputs: [{ alias: 'customers', product }],
        },
        classification: 'confidential',
        access: [{ role: 'data_producer', permissions: ['read'] }],
        fields: [
          { name: 'city', type: 'string' },
          { name: 'n', type: 'long' },
        ],
        quality: rules('city'),
      },
    });
    await db().productDraft.update({
      where: { id: child.draftId },
      data: { authorId: draft.ownerId },
    });
    const derivedId = await live({ ...child, ctx: draft.ctx });
    const before = await texts(draft.ctx, product);
    expect(before.bytes.toString()).toContain(email);

    const ask = { regulation: 'ccpa' as const, kind: 'opt_out', identifier: email.toUpperCase() };
    const { requestId, found } = await received(ctx, ask);
    expect(found.findings.map((one) => one.via)).toEqual(['declared', 'lineage']);
    const done = await execute(ctx, requestId);
    expect([done.status, done.error]).toEqual(['completed', null]);
    expect(done.findings.map((one) => one.status)).toEqual(['done', 'done']);

    const after = await texts(draft.ctx, product);
    expect(after.bytes.toString()).not.toContain(email);
    expect(after.bytes.toString().trim().split(/\r?\n/)).toHaveLength(3);
    expect(after.etag).not.toBe(before.etag);
    const file = await texts(draft.ctx, product, '', 'parquet');
    expect(file.bytes.includes(email)).toBe(false);
    const derived = await texts(draft.ctx, `${draft.domain.name}/opted-by-city`, 'order=city');
    expect(derived.bytes.toString().trim().split(/\r?\n/).slice(1)).toEqual(['Bergen,1', 'Oslo,1']);
    expect(await emailsOf(productId)).toContain(email);
    expect(derivedId).not.toBe(productId);
    expect((await placesOf(email)).filter((one) => !/^(snapshot|file uploads)/.test(one))).toEqual(
      [],
    );
    const { claims } = await verifyReceipt(ctx, { receipt: done.receipt! });
    expect(claims).toMatchObject({
      article: 'CCPA § 1798.120',
      products: [{ outcome: 'done' }, {}],
    });
  });
});

describe('an export', () => {
  it('is one archive of JSON and CSV with a manifest, gone after two weeks', async () => {
    const ctx = await steward();
    const email = 'carried@away.example';
    const { draft } = await customers('carried-customers', email);
    const { requestId } = await received(ctx, { kind: 'portability', identifier: email });
    const done = await execute(ctx, requestId);
    expect(done.status).toBe('completed');
    const { body, sizeBytes } = await openArchive(ctx, requestId);
    const bytes = Buffer.concat(await body.toArray());
    expect(bytes.length).toBe(sizeBytes);
    const files = await unzip(bytes);
    const folder = `${draft.domain.name}/carried-customers/production`;
    expect([...files.keys()].sort()).toEqual(
      [`${folder}/rows.csv`, `${folder}/rows.json`, 'manifest.json'].sort(),
    );
    expect(JSON.parse(files.get(`${folder}/rows.json`)!)).toEqual([
      { id: expect.anything(), email, city: 'Oslo' },
    ]);
    expect(files.get(`${folder}/rows.csv`)).toContain(`1,${email},Oslo`);
    setClock(() => Date.now() + 15 * DAY);
    expect(await removeArchives()).toBe(1);
    await expect(openArchive(ctx, requestId)).rejects.toMatchObject({ code: 'gone' });
    expect(await readdir(path.join(env().home, 'privacy'))).toEqual([]);
  });
});

async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    files.set(entry.fileName, Buffer.concat(await stream.toArray()).toString());
  }
  return files;
}

describe('a request', () => {
  it('has the clock of its law, which is told of twice and moved once', async () => {
    const ctx = await steward();
    const receivedAt = new Date(Date.now() - 24 * DAY).toISOString();
    const { requestId, found } = await received(ctx, { receivedAt });
    expect(found.daysLeft).toBe(6);
    const told = () =>
      db().notification.count({ where: { kind: 'privacy.due', href: { endsWith: requestId } } });
    await Promise.all([watchClocks(), watchClocks()]);
    const once = await told();
    expect(once).toBeGreaterThan(0);
    await watchClocks();
    expect(await told()).toBe(once);
    setClock(() => Date.now() + 7 * DAY);
    await watchClocks();
    expect(await told()).toBe(2 * once);
    setClock(undefined);
    const reason = 'Many sources have to be searched.';
    await extendPrivacyRequest(ctx, { requestId, reason });
    expect((await getPrivacyRequest(ctx, requestId)).daysLeft).toBe(66);
    await expect(extendPrivacyRequest(ctx, { requestId, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
    const ccpa = await received(ctx, { regulation: 'ccpa', kind: 'deletion' });
    expect(ccpa.found.daysLeft).toBe(45);
  });

  it('never lets the identifier into a log, an alert or a note', async () => {
    const ctx = await steward();
    const identifier = 'secret.person@nowhere.example';
    const { requestId } = await received(ctx, { identifier });
    expect(await placesOf(identifier)).toEqual([]);
    const input = {
      regulation: 'gdpr' as const,
      kind: 'erasure',
      identifier,
      note: `It is ${identifier}`,
    };
    await expect(receivePrivacyRequest(ctx, input)).rejects.toMatchObject({ code: 'invalid' });
    const { rev } = await getPrivacyRequest(ctx, requestId);
    const no = {
      requestId,
      rev,
      decision: 'reject' as const,
      note: 'The person could not be identified.',
    };
    await decidePrivacyRequest(ctx, no);
    await expect(decidePrivacyRequest(ctx, no)).rejects.toMatchObject({ code: 'conflict' });
    const row = await db().privacyRequest.findUniqueOrThrow({ where: { id: requestId } });
    expect(row.sealedSubject).toBeNull();
  });

  it('is for stewards alone', async () => {
    const domain = await makeDomain();
    const admin = await ctxOf(await makeMember(domain.id, 'data_admin'));
    const input = { regulation: 'gdpr' as const, kind: 'erasure', identifier: 'a@b.example' };
    const refused = { code: 'forbidden' };
    await expect(receivePrivacyRequest(admin, input)).rejects.toMatchObject(refused);
    await expect(listPrivacyRequests(admin)).rejects.toMatchObject(refused);
    await expect(openArchive(admin, 'x')).rejects.toMatchObject(refused);
    await expect(
      placeHold(admin, { what: domain.name, reason: 'Because I say so.' }),
    ).rejects.toMatchObject(refused);
  });
});
