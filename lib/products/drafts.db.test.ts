import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AppError, type Ctx, db } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { attachUpload } from './attach-upload';
import { createDraft } from './create-draft';
import { discardDraft } from './discard-draft';
import { getDraft, listDrafts } from './draft-queries';
import { reviewDraft } from './review-draft';
import { newerDraftOf, saveDraft } from './save-draft';
import { listTemplates } from './template-queries';
import { uploadDir } from './upload-view';

useTestDatabase();
beforeAll(seedMesh);

async function producer(): Promise<{ ctx: Ctx; domain: string }> {
  const domain = await makeDomain();
  const user = await makeMember(domain.id, 'data_producer');
  return { ctx: await ctxOf(user), domain: domain.name };
}
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it should have been refused'),
    (error: AppError) => error,
  );
const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const upload = (ctx: Ctx, draftId: string, text: string, fileName = 'data.csv') =>
  attachUpload(ctx, { draftId, fileName, body: Readable.from([Buffer.from(text)]) });

describe('a draft', () => {
  it('begins with what the template gives', async () => {
    const { ctx } = await producer();
    const { id } = await createDraft(ctx, { template: 'batch_analytics' });
    const { data, rev } = await getDraft(ctx, id);
    expect(rev).toBe(1);
    expect(data).toMatchObject({
      template: 'batch_analytics',
      classification: 'internal',
      slo: { availability: '99.9%' },
      schedule: 'daily',
    });
    expect(data.owner).toBe(ctx.actor.type === 'user' && ctx.actor.email);
  });

  it('is its author’s alone', async () => {
    const { ctx } = await producer();
    const { ctx: other } = await producer();
    const { id } = await createDraft(ctx, {});
    const input = { draftId: id, rev: 1, data: { title: 'Mine' } };
    for (const work of [
      () => getDraft(other, id),
      () => saveDraft(other, input),
      () => discardDraft(other, { draftId: id }),
      () => reviewDraft(other, id),
      () => upload(other, id, 'a\n1\n'),
    ]) {
      expect((await failure(work())).code).toBe('not_found');
    }
    expect((await getDraft(ctx, id)).data.title).toBeUndefined();
    expect(await listDrafts(other)).toEqual([]);
  });

  it('is for people who may create products somewhere', async () => {
    const nobody = await ctxOf(await makeUser());
    expect((await failure(createDraft(nobody, {}))).code).toBe('forbidden');
  });

  it('cannot begin from a template whose drivers are not there', async () => {
    const { ctx } = await producer();
    const templates = await listTemplates(ctx);
    expect(templates[0]).toMatchObject({ name: 'batch_analytics', isOffered: true });
    const missing = templates.find((one) => !one.isOffered);
    expect(missing?.capabilities.some((one) => !one.ok && one.reason)).toBe(true);
    const error = await failure(createDraft(ctx, { template: missing?.name }));
    expect(error.code).toBe('precondition');
    expect(error.message).toContain('cannot be used now');
  });

  it('goes with its files when it is discarded', async () => {
    const { ctx } = await producer();
    const { id } = await createDraft(ctx, {});
    const { id: uploadId } = await upload(ctx, id, 'a,b\n1,x\n');
    expect(await exists(uploadDir(uploadId))).toBe(true);
    await discardDraft(ctx, { draftId: id });
    expect(await exists(uploadDir(uploadId))).toBe(false);
    expect(await db().upload.count({ where: { draftId: id } })).toBe(0);
    expect((await failure(getDraft(ctx, id))).code).toBe('not_found');
  });
});

describe('two browsers on one draft', () => {
  it('tells the later save what was saved meanwhile, and overwrites nothing silently', async () => {
    const { ctx } = await producer();
    const { id: draftId, rev } = await createDraft(ctx, {});
    const first = await saveDraft(ctx, { draftId, rev, data: { title: 'From A' } });
    expect(first.rev).toBe(rev + 1);

    const error = await failure(saveDraft(ctx, { draftId, rev, data: { title: 'From B' } }));
    expect(error.code).toBe('conflict');
    const newer = newerDraftOf(error);
    expect(newer).toMatchObject({ rev: first.rev, data: { title: 'From A' } });
    expect(newer?.savedBy).toBe(ctx.actor.type === 'user' && ctx.actor.email);
    expect(newer?.savedAt).toBe(first.savedAt);
    expect((await getDraft(ctx, draftId)).data.title).toBe('From A');

    const mine = { draftId, rev: newer?.rev ?? 0, data: { title: 'From B' } };
    await saveDraft(ctx, mine);
    expect((await getDraft(ctx, draftId)).data.title).toBe('From B');
  });

  it('lets exactly one of twenty saves at once win', async () => {
    const { ctx } = await producer();
    const { id: draftId, rev } = await createDraft(ctx, {});
    const saves = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        saveDraft(ctx, { draftId, rev, data: { title: `Window ${n}` } }),
      ),
    );
    const won = saves.flatMap((save, n) => (save.status === 'fulfilled' ? [n] : []));
    expect(won).toHaveLength(1);
    for (const save of saves) {
      if (save.status === 'rejected') expect(newerDraftOf(save.reason)?.rev).toBe(rev + 1);
    }
    expect((await getDraft(ctx, draftId)).data.title).toBe(`Window ${won[0]}`);
  });

  it('counts an upload as a save', async () => {
    const { ctx } = await producer();
    const { id: draftId, rev } = await createDraft(ctx, {});
    await upload(ctx, draftId, 'a\n1\n');
    const error = await failure(saveDraft(ctx, { draftId, rev, data: {} }));
    expect(newerDraftOf(error)?.data.source?.kind).toBe('upload');
  });
});

describe('an upload', () => {
  it('gives schema, profile and rules with their reasons', async () => {
    const { ctx } = await producer();
    const { id } = await createDraft(ctx, {});
    const rows = Array.from(
      { length: 40 },
      (_, n) => `${n + 1},${['Oslo', 'Bergen'][n % 2]},${n * 2.5},${n === 3 ? '' : 'x'}`,
    );
    await upload(ctx, id, `id,city,price,note\n${rows.join('\n')}\n`);
    const { data, upload: view } = await getDraft(ctx, id);
    expect(data.fields?.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'integer'],
      ['city', 'string'],
      ['price', 'double'],
      ['note', 'string'],
    ]);
    expect(view?.rowCount).toBe(40);
    const profile = new Map(view?.profile.map((column) => [column.name, column]));
    expect(profile.get('note')?.nullCount).toBe(1);
    expect(profile.get('id')).toMatchObject({ distinctCount: 40, min: '1', max: '40' });
    expect(profile.get('city')?.samples).toEqual(['Oslo', 'Bergen']);
    const rules = data.quality?.map(({ check, column }) => [check, column]);
    expect(rules).toContainEqual(['unique', 'id']);
    expect(rules).toContainEqual(['accepted_values', 'city']);
    expect(rules).toContainEqual(['range', 'price']);
    expect(rules).not.toContainEqual(['not_null', 'note']);
    expect(data.quality?.every((rule) => rule.reason.length > 5)).toBe(true);
  });

  it('marks what seems to be personal data and says why', async () => {
    const { ctx } = await producer();
    const { id } = await createDraft(ctx, {});
    const rows = [1, 2, 3, 4].map((n) => `${n},person${n}@example.com,1990-01-0${n}`);
    await upload(ctx, id, `No.,Contact,birthDate\n${rows.join('\n')}\n`);
    const { data, upload: view } = await getDraft(ctx, id);
    expect(data.fields?.map(({ name, pii }) => [name, pii])).toEqual([
      ['no', undefined],
      ['contact', true],
      ['birth_date', true],
    ]);
    expect(view?.profile.map(({ name, pii }) => [name, pii])).toEqual([
      ['No.', null],
      ['Contact', '100% of 4 values looked at are e-mail addresses.'],
      ['birthDate', 'The column\'s name, "birth_date", says so.'],
    ]);
    expect(data.quality?.map((rule) => rule.name)).toContain('contact has its form');
  });

  it('takes the place of an earlier file and keeps what was written about its columns', async () => {
    const { ctx } = await producer();
    const { id: draftId } = await createDraft(ctx, {});
    const { id: old } = await upload(ctx, draftId, 'a,b\n1,x\n');
    const { data, rev } = await getDraft(ctx, draftId);
    const fields = data.fields?.map((field) =>
      field.name === 'a' ? { ...field, name: 'amount', description: 'In euros' } : field,
    );
    await saveDraft(ctx, { draftId, rev, data: { ...data, fields, quality: [] } });
    await upload(ctx, draftId, 'a,c\n1,2\n');
    const after = await getDraft(ctx, draftId);
    expect(after.data.fields).toMatchObject([
      { name: 'amount', sourceName: 'a', description: 'In euros' },
      { name: 'c', sourceName: 'c' },
    ]);
    expect(await exists(uploadDir(old))).toBe(false);
    expect(await db().upload.count({ where: { draftId } })).toBe(1);
  });

  it('leaves nothing behind when it is refused', async () => {
    const { ctx } = await producer();
    const { id: draftId } = await createDraft(ctx, {});
    const { id: kept } = await upload(ctx, draftId, 'a\n1\n');
    const error = await failure(upload(ctx, draftId, 'a,b\n1\u0000,2\n'));
    expect(error.code).toBe('invalid');
    expect(await db().upload.findMany({ where: { draftId }, select: { id: true } })).toEqual([
      { id: kept },
    ]);
    expect((await getDraft(ctx, draftId)).upload?.id).toBe(kept);
  });
});

describe('the review', () => {
  it('shows plan, findings and descriptor of a complete draft', async () => {
    const { ctx, draftId } = await makeDraft();
    const review = await reviewDraft(ctx, draftId);
    expect(review.fields).toEqual({});
    expect(review.plan.map((step) => step.capability)).toEqual([
      'storage',
      'processing',
      'serving',
      'governance',
    ]);
    expect(review.plan.every((step) => step.changes.length > 0)).toBe(true);
    expect(review.yaml).toContain('kind: DataProduct');
  });

  it('names each field to mend', async () => {
    const { ctx } = await producer();
    const { id: draftId } = await createDraft(ctx, {});
    const { fields } = await reviewDraft(ctx, draftId);
    expect(Object.keys(fields)).toEqual(
      expect.arrayContaining(['template', 'domain', 'name', 'title', 'source', 'fields', 'slo']),
    );
    expect(fields.name).toBe('Give the product a name.');
  });

  it('checks names, people and columns against what is really there', async () => {
    const { ctx, draftId, domain } = await makeDraft({ name: 'taken' });
    await db().product.create({
      data: {
        id: 'other',
        domainId: domain.id,
        name: 'taken',
        title: 'Taken',
        description: '',
        ownerId: ctx.actor.type === 'user' ? ctx.actor.id : '',
        classification: 'internal',
        status: 'production',
        template: 'batch_analytics',
        descriptor: {},
      },
    });
    const { data, rev } = await getDraft(ctx, draftId);
    const fields = [...(data.fields ?? []), { name: 'ghost', type: 'string' as const }];
    const broken = { ...data, fields, owner: 'nobody@portolan.example' };
    await saveDraft(ctx, { draftId, rev, data: broken });
    const review = await reviewDraft(ctx, draftId);
    expect(review.fields.name).toContain('already has a product');
    expect(review.fields.owner).toContain('nobody@portolan.example');
    expect(review.fields['fields.3.name']).toContain('no column "ghost"');
    expect(review.plan).toEqual([]);
  });

  it('tells which values do not fit a type that was changed', async () => {
    const { ctx, draftId } = await makeDraft();
    await upload(ctx, draftId, 'id,amount,city\n1,10.5,Oslo\n2,many,Bergen\n');
    const { data, rev } = await getDraft(ctx, draftId);
    const fields = data.fields?.map((field) =>
      field.name === 'amount' ? { ...field, type: 'double' as const } : field,
    );
    await saveDraft(ctx, { draftId, rev, data: { ...data, fields, quality: [] } });
    const review = await reviewDraft(ctx, draftId);
    expect(review.fields).toEqual({
      'fields.1.type':
        '1 value does not fit double; the first is "many" in row 2. Choose another type or mend the file.',
    });
  });
});
