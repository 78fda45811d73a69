import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db } from '@/lib/core';
import { platformOverview } from '@/lib/platform';
import { seedEssentials } from '@/lib/runtime/seed/essentials';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { getTemplateDocument, listTemplateDocuments } from './template-documents';

useTestDatabase();
let ctx: Ctx;
const anonymous: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };

beforeAll(async () => {
  await seedEssentials();
  const user = await makeUser();
  ctx = await ctxOf(user);
  const { id: domainId } = await makeDomain();
  await makeProduct({ domainId, ownerId: user.id });
  await makeProduct({ domainId, ownerId: user.id, status: 'retired' });
});

describe('template documents', () => {
  it('lists what the wizard offers first, and processing templates apart', async () => {
    const { products, processing } = await listTemplateDocuments(ctx);
    expect(products.map((one) => [one.name, one.isOffered])).toEqual([
      ['batch_analytics', true],
      ['ml_feature_store', false],
      ['real_time_streaming', false],
    ]);
    expect(processing.map((one) => [one.name, one.engine])).toEqual([['etl', 'duckdb']]);
  });

  it('shows a template with the drivers behind it', async () => {
    const batch = await getTemplateDocument(ctx, 'batch_analytics');
    expect(batch).toMatchObject({ kind: 'data_product', processingTemplate: 'etl' });
    expect(batch.productCount).toBe(1);
    expect(batch.health?.capabilities.map((one) => one.driver)).toEqual([
      'data-lake',
      'duckdb-etl',
      'rest-api',
      'standard',
    ]);
    expect(batch.defaultsYaml).toContain('classification: internal');
    const streaming = await getTemplateDocument(ctx, 'real_time_streaming');
    expect(streaming.health?.isOffered).toBe(false);
    expect(streaming.health?.capabilities[0]?.reason).toContain('stream_storage');
  });

  it('shows a processing template with those that build on it', async () => {
    const etl = await getTemplateDocument(ctx, 'etl');
    expect(etl).toMatchObject({ kind: 'processing', engine: 'duckdb', health: null });
    expect(etl.usedBy).toEqual([{ name: 'batch_analytics', title: 'Batch analytics' }]);
  });

  it('is for the signed-in, and knows what is not there', async () => {
    await expect(listTemplateDocuments(anonymous)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(getTemplateDocument(ctx, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('platformOverview', () => {
  it('says of every entry what stands behind it', async () => {
    const platform = await platformOverview(ctx);
    expect(platform.capabilities.map((one) => [one.type, one.driver?.kind, one.ok])).toEqual([
      ['data-lake', 'data-lake', true],
      ['etl', 'duckdb-etl', true],
      ['api-gateway', 'rest-api', true],
      ['data-catalog', undefined, true],
      ['standard', 'standard', true],
    ]);
    await expect(platformOverview(anonymous)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('says why an entry cannot be used', async () => {
    const row = await db().platformDocument.findFirstOrThrow();
    const document = row.document as { spec: { storage: object[] } };
    document.spec.storage.push({ type: 'object-store', provider: 's3' });
    await db().platformDocument.update({ where: { id: row.id }, data: { document } });
    const { capabilities } = await platformOverview(ctx);
    expect(capabilities[1]).toMatchObject({ type: 'object-store', ok: false, driver: null });
    expect(capabilities[1]?.reason).toContain('"s3"');
  });
});
