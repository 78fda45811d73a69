import { type Ctx, db, newId, notify, systemCtx, transact } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { ctxOf, makeDomain, makeMember, makeProduct, makeUser } from '../testing/factories';
import { makeLiveProduct } from '../testing/live-product';
import { makeDraft, seedMesh } from '../testing/product-draft';
import { makeConversation } from './conversation';
import { makeOutside } from './outside';
import { makeTrust } from './trust';
import { makeWords } from './words';

/** Stands in every text that nobody without a right may read. */
export const SECRET = 'hush';
const text = (what: string) => `${SECRET} ${what}`;
const json = (value: unknown) => value as object;

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

/** A contract in force, one before it, and a change that the powerful are asked about. */
async function makeVersions(productId: string, asked: Ctx) {
  const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  const ids = { version: newId(), old: newId(), proposed: newId() };
  const common = { productId, etl: {}, descriptor: descriptor as object };
  const userId = asked.actor.type === 'user' ? asked.actor.id : '';
  await db().contractVersion.create({
    data: { ...common, id: ids.version, version: '1.0.0', status: 'active' },
  });
  await db().contractVersion.create({
    data: { ...common, id: ids.old, version: '0.9.0', status: 'deprecated', sunsetAt: new Date() },
  });
  await db().contractVersion.create({
    data: {
      ...common,
      ...{ id: ids.proposed, version: '2.0.0', bump: 'major', baseVersion: '1.0.0' },
      ...{ error: text('of a load'), overrideReason: text('override') },
      acknowledgements: { create: { id: newId(), userId, note: text('note') } },
    },
  });
  return ids;
}

/** A rule that was suggested from the data, in the contract and in a run. */
async function makeQuality(productId: string, domainId: string) {
  const reason = text('lies between');
  const rule = { name: 'range', check: 'range', column: 'entry', reason };
  const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  const { spec, ...rest } = descriptor as { spec: object };
  const quality = [{ ...rule, params: { max: SECRET } }];
  await db().product.update({
    where: { id: productId },
    data: { descriptor: json({ ...rest, spec: { ...spec, quality } }) },
  });
  const snapshot = await db().snapshot.findFirstOrThrow({ where: { productId } });
  const [ruleId, runId] = [newId(), newId()];
  await db().qualityRule.create({
    data: { id: ruleId, productId, dimension: 'validity', ...rule },
  });
  const at = { startedAt: new Date(), finishedAt: new Date() };
  await db().qualityRun.create({
    data: { id: runId, productId, snapshotId: snapshot.id, scores: { validity: 50 }, ...at },
  });
  await db().qualityResult.create({
    data: {
      ...{ runId, ruleId, passed: false, failing: 1n, checked: 2n, score: 50 },
      message: text('at most'),
    },
  });
  const seen = { openedAt: at.startedAt, lastSeenAt: at.startedAt };
  const incident = newId();
  await db().qualityIncident.create({
    data: {
      ...{ id: incident, productId, domainId, ruleId, runId, ...seen, openKey: ruleId },
      ...{ ruleName: 'range', dimension: 'validity', level: 'error' },
      ...{ message: text('at most'), rootCause: text('typed wrongly') },
      events: { create: { id: newId(), kind: 'comment', note: text('a comment'), at: new Date() } },
    },
  });
  const { schema } = snapshot;
  const side = await db().snapshot.create({
    data: {
      ...{ id: newId(), productId, environment: 'quarantine', number: 1, status: 'ready' },
      schema: json(schema),
    },
  });
  return { qualityRule: ruleId, incident, sideFile: side.id };
}

/** One that everybody may see who finds its product, and one of a product that few may find. */
async function makeObjectives(open: string, hidden: string): Promise<void> {
  const promise = { kind: 'availability', origin: 'owner', target: 0.99, since: new Date() };
  await db().sloObjective.createMany({
    data: [
      { id: newId(), productId: open, key: 'answers', title: 'It answers', ...promise },
      { id: newId(), productId: hidden, key: 'answers', title: text('answers'), ...promise },
    ],
  });
}

/** Requests and a grant of the powerful, and what others ask of them. */
async function makeAccess(productId: string, domainId: string, powerful: Ctx) {
  const ids = { asked: newId(), waiting: newId(), elevation: newId(), heldGrant: newId() };
  const me = powerful.actor.type === 'user' ? powerful.actor.id : '';
  const other = (await makeUser({ name: text('asker') })).id;
  const asks = (id: string, requesterId: string) =>
    db().accessRequest.create({
      data: {
        ...{ id: newId(), requesterId, purpose: 'analytics', note: text('wants'), days: 30 },
        items: { create: { id, productId, events: { create: said() } } },
      },
    });
  const said = () => ({ id: newId(), kind: 'sent', at: new Date(), note: text('wants') });
  await asks(ids.asked, me);
  await asks(ids.waiting, other);
  await db().grant.create({
    data: {
      ...{ id: ids.heldGrant, productId, subjectId: me, purpose: text('held'), grantedById: me },
      expiresAt: new Date(Date.now() + 5 * 86_400_000),
    },
  });
  await db().elevation.create({
    data: {
      ...{ id: ids.elevation, userId: other, role: 'data_admin', domainId, hours: 1 },
      ...{ reason: text('must mend it'), status: 'requested' },
    },
  });
  return ids;
}
