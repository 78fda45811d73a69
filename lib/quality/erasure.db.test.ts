import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  decidePrivacyRequest,
  enforceRetention,
  executePrivacyRequest,
  getPrivacyRequest,
  receivePrivacyRequest,
  runRetention,
  searchSubject,
  setRetentionColumn,
} from '@/lib/compliance';
import { db, setClock } from '@/lib/core';
import { type Durable, serveEarlier } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { placesOf } from '@/lib/runtime/testing/find-bytes';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import {
  addRule,
  incidentRows,
  listIncidents,
  listQuarantine,
  performRemediation,
  previewRemedy,
  quarantineRows,
  remediateIncident,
  runQuality,
} from '.';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const nothing = async () => undefined;
const EMAIL = 'bad.row@gone.example';
const FIELDS = [
  { name: 'email', type: 'string' as const, pii: true },
  { name: 'age', type: 'integer' as const },
  { name: 'at', type: 'timestamp' as const },
];
/** Two rows whose age is wrong: a person's who will ask to be erased, and an old one of somebody else. */
const SQL = `select unnest(['${EMAIL}', 'other@else.example', 'third@else.example']) as email,
  unnest([-1, -2, 30])::int as age,
  unnest([now()::timestamp, now()::timestamp - interval 10 year, now()::timestamp]) as at`;

/** Bad rows are found, looked at and put into quarantine. */
async function quarantined() {
  const domain = await makeDomain();
  const owner = await makeMember(domain.id, 'data_producer');
  const { product, snapshot } = await makeLiveProduct({
    domainId: domain.id,
    ownerId: owner.id,
    fields: FIELDS,
    sql: SQL,
    isEncrypted: true,
  });
  const productId = product.id;
  const ctx = await ctxOf(owner);
  const rule = {
    productId,
    name: 'age',
    check: 'range' as const,
    column: 'age',
    config: { min: 0 },
  };
  await addRule(ctx, rule);
  await runQuality(productId, snapshot.id);
  const [incident] = (await listIncidents(ctx, productId)).incidents;
  const incidentId = incident!.id;
  expect((await incidentRows(ctx, incidentId)).rows).toHaveLength(2);
  const remedy = { kind: 'quarantine' as const };
  const { rows, snapshotId } = await previewRemedy(ctx, { incidentId, remedy });
  const { remediationId } = await remediateIncident(ctx, { incidentId, remedy, rows, snapshotId });
  await performRemediation(remediationId, { serveEarlier });
  return { ctx, productId, incidentId };
}

async function emailsAside(ctx: Parameters<typeof listQuarantine>[0], productId: string) {
  const files = await listQuarantine(ctx, productId);
  const views = await Promise.all(files.map((file) => quarantineRows(ctx, file.id)));
  return views.flatMap((view) => view.rows.map((row) => row.email));
}

describe('rows that broke a rule', () => {
  it('are kept nowhere else than in encrypted files, and erased with the person', async () => {
    const { ctx, productId, incidentId } = await quarantined();
    const before = await placesOf(EMAIL);
    expect(before.map((place) => place.split(' ')[0])).toEqual(['snapshot', 'snapshot']);
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    const { requestId } = await receivePrivacyRequest(steward, {
      regulation: 'gdpr',
      kind: 'erasure',
      identifier: EMAIL,
    });
    await searchSubject(requestId);
    const { rev, findings } = await getPrivacyRequest(steward, requestId);
    expect(findings.length).toBe(2);
    await decidePrivacyRequest(steward, { requestId, rev, decision: 'execute' });
    await executePrivacyRequest(inline, nothing, requestId);
    expect((await getPrivacyRequest(steward, requestId)).status).toBe('completed');
    expect(await placesOf(EMAIL)).toEqual([]);
    expect(await emailsAside(ctx, productId)).toEqual(['other@else.example']);
    const { rows, note } = await incidentRows(ctx, incidentId);
    expect([rows, note]).toEqual([[], expect.stringContaining('not kept any more')]);
  });

  it('are deleted when their time is over', async () => {
    const { ctx, productId } = await quarantined();
    await setRetentionColumn(ctx, { productId, column: 'at' });
    const { runId } = await runRetention(ctx, { productId, rows: 0 });
    await enforceRetention(inline, nothing, runId);
    const run = await db().retentionRun.findUniqueOrThrow({ where: { id: runId } });
    expect([run.status, run.error]).toEqual(['succeeded', null]);
    expect(await emailsAside(ctx, productId)).toEqual([EMAIL]);
    const places = await placesOf('other@else.example');
    expect(
      places.filter((place) => place.includes(productId) || !place.startsWith('snapshot')),
    ).toEqual([]);
  });
});
