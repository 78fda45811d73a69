import { type Ctx, db, newId, notify, systemCtx, transact } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { ctxOf, makeDomain, makeMember, makeProduct, makeUser } from '../testing/factories';
import { makeLiveProduct } from '../testing/live-product';
import { makeDraft, seedMesh } from '../testing/product-draft';
import { makeAccess } from './asked';
import { makeConversation } from './conversation';
import { makeMaturity } from './maturity';
import { makeOutside } from './outside';
import { makeObjectives, makeQuality, makeVersions } from './promised';
import { json, SECRET, text } from './secret';
import { makeTrust } from './trust';
import { makeWords } from './words';

/** A steward's policy that hides what is restricted from everybody without a role in the domain. */
const HIDES = `forbid (principal is User, action == Action::"discover", resource)
  when { resource.classification == "restricted" }
  unless { principal.isSteward || (principal has membership && principal.membership.domain == resource.domain) };`;

/** Rows of every kind that somebody without a right must not see, and the people who ask. */
export async function makeWorld() {
  const vault = await makeDomain({ name: 'vault', title: 'Vault' });
  const owner = await makeMember(vault.id, 'data_admin');
  await seedMesh();
  const { product: salaries } = await makeLiveProduct({
    ...{ domainId: vault.id, ownerId: owner.id, name: `${SECRET}-salaries` },
    classification: 'restricted',
    fields: [{ name: 'person', type: 'string', pii: true, primaryKey: true } as never],
    sql: `select '${SECRET}' as person`,
  });
  // Findable by everybody, readable by few: its own words are open, its rows and their traces are not.
  const { product: ledger } = await makeLiveProduct({
    ...{ domainId: vault.id, ownerId: owner.id, name: 'ledger', classification: 'confidential' },
    fields: [{ name: 'entry', type: 'string', primaryKey: true } as never],
    sql: `select '${SECRET}' as entry`,
  });
  const quality = await makeQuality(ledger.id, vault.id);
  await makeObjectives(ledger.id, salaries.id);
  await db().productInput.create({
    data: { productId: ledger.id, sourceId: salaries.id, alias: 'salaries' },
  });
  const draft = await makeDraft({ domain: vault, name: `${SECRET}-draft`, csv: `id\n${SECRET}\n` });
  const unborn = await makeProduct({
    ...{ domainId: vault.id, ownerId: owner.id, name: `${SECRET}-unborn`, status: 'draft' },
  });
  const ids = { owner: owner.id, vault: vault.id, salaries: salaries.id, ledger: ledger.id };
  const traces = await makeTraces(ids);
  const policyId = await makePolicies(owner.id);
  const event = (await db().auditEvent.findFirstOrThrow()).id;
  const all = {
    event,
    ...ids,
    unborn: unborn.id,
    draft: draft.draftId,
    policy: policyId,
    ...traces,
    ...quality,
  };
  const {
    viewId: view,
    searchId: search,
    query,
    deletedQuery,
    ...made
  } = await makePeople(owner.id, vault.id);
  const said = await makeConversation(ids, text);
  const people = { ...made, author: draft.ctx, consumer: said.consumer };
  const words = await makeWords(ids, text);
  await makeOutside(ids, text);
  const trust = await makeTrust(ids, text);
  const maturity = await makeMaturity(ids);
  const versions = await makeVersions(ledger.id, people.powerful);
  const access = await makeAccess(ledger.id, vault.id, people.powerful);
  return {
    ids: {
      ...all,
      ...versions,
      ...access,
      ...said.ids,
      ...words,
      ...trust,
      ...maturity,
      view,
      search,
      query,
      deletedQuery,
    },
    emails: { owner: owner.email },
    people,
  };
}
export type World = Awaited<ReturnType<typeof makeWorld>>;

async function makePeople(ownerId: string, domainId: string) {
  const stranger = await makeUser({ name: 'Stranger' });
  const steward = await makeUser({ platformRoles: ['steward', 'platform_admin'] });
  await db().membership.create({
    data: { domainId, userId: steward.id, role: 'data_admin' },
  });
  const view = { id: newId(), userId: steward.id, name: text('view'), query: 'kind=verb' };
  await db().auditView.create({ data: view });
  const search = { id: newId(), userId: steward.id, name: text('search'), query: `q=${SECRET}` };
  await db().savedSearch.create({ data: search });
  const at = new Date();
  const kept = { userId: steward.id, sql: `select '${SECRET}'`, createdAt: at, updatedAt: at };
  const [query, deletedQuery] = [newId(), newId()];
  await db().savedQuery.createMany({
    data: [
      { id: query, name: text('query'), ...kept },
      { id: deletedQuery, name: text('deleted'), deletedAt: at, ...kept },
    ],
  });
  const disabled = await makeUser();
  await db().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
  const anonymous: Ctx = { actor: { type: 'anonymous' }, requestId: newId(), via: 'none' };
  return {
    anonymous,
    stranger: await ctxOf(stranger),
    /** Holds every role and owns nothing more: what it may not, the token's scopes forbid. */
    unscoped: await ctxOf(steward, { id: newId(), scopes: [] }),
    powerful: await ctxOf(steward),
    owner: await ctxOf({ id: ownerId }),
    disabled,
    strangerId: stranger.id,
    viewId: view.id,
    searchId: search.id,
    query,
    deletedQuery,
  };
}

async function makePolicies(authorId: string): Promise<string> {
  const draft = {
    ...{ id: newId(), name: 'global-data-governance', version: 2, stage: 'draft', authorId },
    ...{ reason: text('reason'), editorIds: [authorId] },
  };
  const global = await db().policyDocument.findFirstOrThrow({
    where: { name: draft.name, stage: 'enforced' },
  });
  const spec = { cedar_policies: [{ id: 'hide', policy: HIDES }] };
  const metadata = { name: 'hide' };
  const document = { apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata, spec };
  await discoverable(systemCtx('test'));
  await transact(async (tx) => {
    await tx.policyDocument.create({
      data: { ...draft, yaml: global.yaml, document: json(global.document) },
    });
    const hide = { id: newId(), name: 'hide', version: 1, stage: 'enforced', reason: 'test' };
    await tx.policyDocument.create({ data: { ...hide, yaml: '', document } });
    await tx.policySimulation.create({
      data: {
        ...{ id: newId(), policyId: draft.id, policyRev: 1, status: 'succeeded' },
        result: { text: text('result') },
      },
    });
    await notify(tx, 'portolan_policy', 'hide');
  });
  return draft.id;
}

/** What is kept about the restricted products: runs, findings, requests, alerts. */
async function makeTraces(ids: Record<'owner' | 'vault' | 'salaries' | 'ledger', string>) {
  const { owner, vault, salaries, ledger } = ids;
  const id = () => newId();
  const [run, grant, violation, waiver, hold, request, webhook, delivery, token] = Array.from(
    { length: 9 },
    id,
  ) as string[];
  const at = new Date(Date.now() + 86_400_000);
  await db().provisioningRun.create({
    data: {
      ...{ id: run!, productId: ledger, kind: 'provision', status: 'failed', requestedBy: owner },
      error: text('error'),
      steps: { create: { id: id(), ordinal: 0, name: 'load', driver: 'x', error: text('step') } },
      logs: { create: { message: text('line') } },
    },
  });
  await db().pipelineRun.create({
    data: {
      ...{ id: id(), productId: ledger, environment: 'production', trigger: 'manual' },
      ...{ status: 'failed', error: text('load') },
    },
  });
  await db().grant.create({
    data: {
      ...{ id: grant!, productId: ledger, subjectId: (await makeUser({ name: text('x') })).id },
      ...{ purpose: text('purpose'), grantedById: owner },
    },
  });
  await db().violation.create({
    data: {
      ...{ id: violation!, rule: 'data_quality', level: 'error', productId: ledger },
      ...{ domainId: vault, dedupeKey: id(), title: text('title'), message: text('message') },
      evidence: json([{ value: text('evidence') }]),
    },
  });
  await db().waiver.create({
    data: {
      ...{ id: waiver!, productId: salaries, ruleId: 'documentation', reason: text('waiver') },
      ...{ ownerId: owner, requestedById: owner, expiresAt: at },
    },
  });
  await db().legalHold.create({
    data: { id: hold!, productId: salaries, reason: text('hold'), placedById: owner },
  });
  await db().privacyRequest.create({
    data: {
      ...{ id: request!, regulation: 'gdpr', kind: 'erasure', subjectDigest: id() },
      ...{ note: text('request'), dueAt: at, receipt: text('receipt') },
    },
  });
  await db().webhookEndpoint.create({
    data: {
      ...{ id: webhook!, url: 'https://example.org/x', description: text('webhook') },
      sealedSecret: new Uint8Array(8),
    },
  });
  await db().alertDelivery.create({
    data: {
      ...{ id: delivery!, channel: 'webhook', endpointId: webhook!, kind: 'x', status: 'dead' },
      event: json({ text: text('event') }),
    },
  });
  await db().notification.create({
    data: { id: id(), userId: owner, kind: 'violation.opened', title: text('notice') },
  });
  await db().apiToken.create({
    data: {
      ...{ id: token!, userId: owner, name: text('token'), prefix: 'p', scopes: [] },
      ...{ tokenHash: text('digest'), expiresAt: at },
    },
  });
  return {
    ...{ run: run!, grant: grant!, violation: violation!, waiver: waiver!, hold: hold! },
    ...{ request: request!, webhook: webhook!, delivery: delivery!, token: token! },
  };
}
