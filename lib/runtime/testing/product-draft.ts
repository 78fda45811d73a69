import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Ctx, db, env, newId, now, systemCtx, transact } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { seedPlatform } from '@/lib/platform';
import type { CompleteDraft } from '@/lib/products/draft-data';
import { seedTemplates } from '@/lib/products/seed-templates';
import { ctxOf, makeDomain, makeMember } from './factories';

const root = path.resolve(import.meta.dirname, '../../..');
const TEMPLATES = ['batch-analytics', 'real-time-streaming', 'ml-feature-store', 'etl'];

/** The platform document, templates and policies that a portal starts with. */
export async function seedMesh(): Promise<void> {
  const read = (file: string) => readFile(path.join(root, 'prisma/seed', file), 'utf8');
  const templates = await Promise.all(TEMPLATES.map((name) => read(`templates/${name}.yaml`)));
  const platform = await read('platform.yaml');
  await transact(async (tx) => {
    await seedPlatform(tx, platform);
    await seedTemplates(tx, templates);
  });
  await seedPolicies(systemCtx('seed'), path.join(root, 'prisma/seed/policies'));
}

const FIELDS: CompleteDraft['fields'] = [
  { name: 'order_id', sourceName: 'id', type: 'long', primaryKey: true },
  { name: 'amount', type: 'decimal', precision: 12, scale: 2 },
  { name: 'city', type: 'string' },
];

export interface DraftMade {
  ctx: Ctx;
  draftId: string;
  rev: number;
  ownerId: string;
  domain: { id: string; name: string };
}

/** A complete draft over an uploaded CSV, as the wizard leaves it; its author is a producer. */
export async function makeDraft(
  options: {
    name?: string;
    csv?: string;
    domain?: { id: string; name: string };
    data?: Partial<CompleteDraft>;
  } = {},
): Promise<DraftMade> {
  const domain = options.domain ?? (await makeDomain());
  const owner = await makeMember(domain.id, 'data_producer');
  const draftId = newId();
  const csv = options.csv ?? 'id,amount,city\n1,10.5,Oslo\n2,20.25,Bergen\n3,,Oslo\n';
  const fields = options.data?.fields ?? FIELDS;
  const uploadId = await makeUpload(draftId, owner.id, csv, fields);
  const data = {
    template: 'batch_analytics',
    domain: domain.name,
    name: options.name ?? 'orders',
    title: 'Orders',
    owner: owner.email,
    classification: 'internal',
    description: 'Made by a test.',
    tags: [],
    documentation: 'Orders of a test.',
    source: { kind: 'upload', uploadId },
    fields,
    quality: [
      rule('id present', 'completeness', 'not_null', 'order_id'),
      rule('id unique', 'uniqueness', 'unique', 'order_id'),
      rule('amount present', 'completeness', 'not_null', 'amount'),
    ],
    slo: { availability: '99.9%', latency: '< 500ms', freshness: '< 1 day' },
    access: [{ role: 'data_consumer', permissions: ['read'] }],
    schedule: 'daily',
    ...options.data,
  };
  await db().productDraft.create({
    data: { id: draftId, authorId: owner.id, data: data as object, uploadId, createdAt: now() },
  });
  return { ctx: await ctxOf(owner), draftId, rev: 1, ownerId: owner.id, domain };
}

function rule(name: string, dimension: string, check: string, column: string) {
  return { name, dimension, check, column, config: {}, reason: 'Set by a test.' };
}

async function makeUpload(
  draftId: string,
  authorId: string,
  csv: string,
  fields: CompleteDraft['fields'],
): Promise<string> {
  const id = newId();
  const relative = path.join('uploads', id, 'source.csv');
  const file = path.join(env().home, relative);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, csv);
  await db().upload.create({
    data: {
      id,
      authorId,
      draftId,
      fileName: 'orders.csv',
      format: 'csv',
      path: relative,
      sizeBytes: BigInt(Buffer.byteLength(csv)),
      sha256: createHash('sha256').update(csv).digest('hex'),
      profile: {
        columns: fields.map(({ name, sourceName = name, type }) => ({ name: sourceName, type })),
        rowCount: csv.split('\n').length - 2,
        warnings: [],
        profile: [],
        suggestions: [],
      },
    },
  });
  return id;
}
