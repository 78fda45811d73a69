import { Readable } from 'node:stream';
import { z } from 'zod';
import { SECRET, type World } from './world';

type Case = (world: World) => unknown[];
export const secret = `${SECRET}-salaries`;
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const password = 'a long enough passphrase 7';
const rule = { id: 'r', title: 'A rule', level: 'warning', expression: 'true', message: 'Mend it' };
const decision = (world: World) => ({
  ...{ id: world.ids.ledger, name: 'ledger', domainId: world.ids.vault, domain: 'vault' },
  ...{ classification: 'confidential', ownerId: world.ids.owner, status: 'production' },
});
const product: Case = ({ ids }) => [ids.ledger];
const none: Case = () => [];
const filter: Case = () => [{}];
const policy: Case = ({ ids }) => [{ policyId: ids.policy, rev: 1 }];
const webhook: Case = ({ ids }) => [{ webhookId: ids.webhook }];

/** What each verb and query is called with after `ctx`: real input that points at what is restricted. */
export const CASES: Record<string, Case> = {
  'access/grantAccess': ({ ids, emails }) => [
    { productId: ids.ledger, email: emails.owner, permissions: ['read'], purpose: 'a reason' },
  ],
  'access/listGrants': product,
  'access/productAccess': ({ ids }) => [ids.salaries],
  'access/revokeGrant': ({ ids }) => [{ grantId: ids.grant }],
  'alerts/alertPreferences': none,
  'alerts/createWebhook': () => [{ url: 'https://example.org/hook', kinds: ['violation'] }],
  'alerts/deleteWebhook': webhook,
  'alerts/getWebhook': ({ ids }) => [ids.webhook],
  'alerts/listInbox': filter,
  'alerts/listWebhooks': none,
  'alerts/markRead': filter,
  'alerts/replayDelivery': ({ ids }) => [{ deliveryId: ids.delivery }],
  'alerts/rotateWebhookSecret': webhook,
  'alerts/setAlertPreference': () => [{ kind: '*', email: false }],
  'alerts/switchWebhook': ({ ids }) => [{ webhookId: ids.webhook, isOn: false }],
  'alerts/testWebhook': webhook,
  'alerts/unreadCount': none,
  'audit/auditSummary': () => [new Date()],
  'audit/exportAudit': () => [{}, 'csv'],
  'audit/getAuditEvent': ({ ids }) => [ids.event],
  'audit/lastVerification': none,
  'audit/listAudit': filter,
  'audit/listCheckpoints': none,
  'audit/requestVerification': none,
  'audit/deleteAuditView': ({ ids }) => [{ viewId: ids.view }],
  'audit/listAuditViews': none,
  'audit/saveAuditView': () => [{ name: 'mine', query: 'kind=verb' }],
  'audit/updateAuditView': ({ ids }) => [{ viewId: ids.view, isShared: true }],
  'auth/changePassword': () => [{ current: 'nothing', next: password }],
  'auth/createApiToken': () => [{ name: 'mine', scopes: ['catalog:read'], expiresInDays: 1 }],
  'auth/createFirstAdmin': () => [{ email: 'x@portolan.example', name: 'X', password }],
  'auth/createUser': () => [{ email: 'y@portolan.example', name: 'Y', password }],
  'auth/endSessions': ({ ids }) => [{ userId: ids.owner }],
  'auth/listApiTokens': none,
  'auth/listPeople': filter,
  'auth/ownProfile': none,
  'auth/resetPassword': ({ ids }) => [{ userId: ids.owner, password }],
  'auth/revokeApiToken': ({ ids }) => [{ tokenId: ids.token }],
  'auth/setDisabled': ({ ids }) => [{ userId: ids.owner, isDisabled: true }],
  'auth/setPlatformRoles': ({ ids }) => [{ userId: ids.owner, platformRoles: [] }],
  'catalog/getDomain': () => ['vault'],
  'catalog/listDomains': none,
  'catalog/listProducts': () => [{ scope: 'domains' }],
  'catalog/searchCatalog': filter,
  'catalog/suggestProducts': () => [SECRET],
  'compliance/acknowledgeViolation': ({ ids }) => [{ violationId: ids.violation }],
  'compliance/assignViolation': ({ ids, emails }) => [
    { violationId: ids.violation, rev: 1, email: emails.owner },
  ],
  'compliance/complianceOverview': none,
  'compliance/decidePrivacyRequest': ({ ids }) => [
    { requestId: ids.request, rev: 1, decision: 'reject', note: 'no' },
  ],
  'compliance/extendPrivacyRequest': ({ ids }) => [
    { requestId: ids.request, reason: 'a reason that is long' },
  ],
  'compliance/getPrivacyRequest': ({ ids }) => [ids.request],
  'compliance/getRetention': () => ['vault', 'ledger'],
  'compliance/getViolation': ({ ids }) => [ids.violation],
  'compliance/listHolds': none,
  'compliance/listPrivacyRequests': filter,
  'compliance/listRetention': filter,
  'compliance/listViolations': filter,
  'compliance/noteViolation': ({ ids }) => [{ violationId: ids.violation, note: 'a note' }],
  'compliance/openArchive': ({ ids }) => [ids.request],
  'compliance/placeHold': () => [{ what: `vault/${secret}`, reason: 'a reason that is long' }],
  'compliance/receivePrivacyRequest': () => [
    { regulation: 'gdpr', kind: 'erasure', identifier: SECRET },
  ],
  'compliance/releaseHold': ({ ids }) => [{ holdId: ids.hold, note: 'it ends' }],
  'compliance/runMonitorNow': () => [{ rule: 'data_quality' }],
  'compliance/runRetention': ({ ids }) => [{ productId: ids.ledger, rows: 0 }],
  'compliance/setRetentionColumn': ({ ids }) => [{ productId: ids.ledger, column: null }],
  'compliance/verifyReceipt': () => [{ receipt: 'a.b.c' }],
  'domains/archiveDomain': ({ ids }) => [{ domainId: ids.vault }],
  'domains/createDomain': () => [{ name: 'fresh', title: 'Fresh' }],
  'domains/removeMember': ({ ids }) => [{ domainId: ids.vault, userId: ids.owner }],
  'domains/setMember': ({ ids, emails }) => [
    { domainId: ids.vault, email: emails.owner, role: 'data_consumer' },
  ],
  'domains/updateDomain': ({ ids }) => [
    { domainId: ids.vault, rev: 1, title: 'Open', description: '' },
  ],
  'governance/activatePolicy': ({ ids }) => [{ policyId: ids.policy, rev: 1, mode: 'enforce' }],
  'governance/approveLoosening': policy,
  'governance/checkCatalogue': none,
  'governance/checkPolicy': ({ ids }) => [{ policyId: ids.policy, yaml: 'kind: x' }],
  'governance/decideWaiver': ({ ids }) => [{ waiverId: ids.waiver, decision: 'approve' }],
  'governance/discardPolicyDraft': policy,
  'governance/draftPolicy': () => [{ name: 'hide' }],
  'governance/dryRunRule': () => [{ rule }],
  'governance/exportSimulation': () => ['global-data-governance'],
  'governance/getEffectivePolicy': () => ['vault'],
  'governance/getPolicy': () => ['global-data-governance'],
  'governance/getPolicyDraft': () => ['global-data-governance'],
  'governance/getPolicyVersion': () => ['global-data-governance', 2],
  'governance/getSimulation': () => ['global-data-governance'],
  'governance/listPolicies': none,
  'governance/listPolicyDomains': none,
  'governance/listRules': none,
  'governance/listWaivers': filter,
  'governance/requestWaiver': ({ ids, emails }) => [
    {
      ...{ productId: ids.ledger, ruleId: 'documentation', reason: 'a reason that is long enough' },
      ...{ owner: emails.owner, expiresAt: tomorrow },
    },
  ],
  'governance/requireDecision': (world) => [{ action: 'read', product: decision(world) }],
  'governance/savePolicyDraft': ({ ids }) => [{ policyId: ids.policy, rev: 1, yaml: 'kind: x' }],
  'governance/seedPolicies': none,
  'governance/simulatePolicy': policy,
  'governance/submitPolicyDraft': policy,
  'governance/tryDecision': ({ emails }) => [{ person: emails.owner, product: `vault/${secret}` }],
  'insight/governanceToday': none,
  'insight/myWork': none,
  'interop/checkContract': () => [{ text: 'kind: DataContract' }],
  'interop/contractSource': () => ['vault', 'ledger'],
  'interop/contractView': () => ['vault', 'ledger'],
  'interop/importContract': () => [{ text: 'kind: DataProduct' }],
  'interop/productContract': () => ['vault', 'ledger', 'dataproduct'],
  'pipelines/pipelineOverview': product,
  'pipelines/runPipelineNow': ({ ids }) => [{ productId: ids.ledger }],
  'platform/platformOverview': none,
  'products/attachUpload': ({ ids }) => [
    { draftId: ids.draft, fileName: 'x.csv', body: Readable.from(['id\n1\n']) },
  ],
  'products/checkDraftName': ({ ids }) => [{ draftId: ids.draft, domain: 'vault', name: secret }],
  'products/createDraft': filter,
  'products/discardDraft': ({ ids }) => [{ draftId: ids.draft }],
  'products/getDraft': ({ ids }) => [ids.draft],
  'products/getTemplateDocument': () => ['batch_analytics'],
  'products/listDrafts': none,
  'products/listSourceProducts': () => [''],
  'products/listTemplateDocuments': none,
  'products/listTemplates': none,
  'products/mayReadSource': () => [`vault/${secret}`],
  'products/previewDraftSql': ({ ids }) => [
    {
      ...{ draftId: ids.draft, sql: 'select * from s' },
      inputs: [{ alias: 's', product: `vault/${secret}` }],
    },
  ],
  'products/requireSourceProduct': () => ['vault/ledger'],
  'products/reviewDraft': ({ ids }) => [ids.draft],
  'products/saveDraft': ({ ids }) => [{ draftId: ids.draft, rev: 1, data: {} }],
  'products/wizardDomains': none,
  'provisioning/cancelRun': ({ ids }) => [{ runId: ids.run }],
  'provisioning/getRun': ({ ids }) => [ids.run],
  'provisioning/listRuns': product,
  'provisioning/previewRetire': product,
  'provisioning/retireProduct': ({ ids }) => [{ productId: ids.ledger, confirm: 'vault/ledger' }],
  'provisioning/retryRun': ({ ids }) => [{ runId: ids.run }],
  'provisioning/runLogs': ({ ids }) => [ids.run],
  'provisioning/submitProduct': ({ ids }) => [{ draftId: ids.draft, rev: 1 }],
  'quality/latestQuality': product,
  'serving/openRows': () => [
    {
      ...{ domain: 'vault', product: 'ledger', query: '' },
      signal: new AbortController().signal,
    },
  ],
  'serving/productDescriptor': () => ['vault', 'ledger'],
  'serving/productMetadata': () => ['vault', 'ledger'],
  'serving/productPage': () => ['vault', 'ledger'],
  'serving/productUsage': ({ ids }) => [ids.salaries],
};

/** What a signed-in person without any role gets on purpose, and why. */
export const OPEN: Record<string, string> = {
  'alerts/alertPreferences': 'their own choices of mail',
  'alerts/markRead': 'their own inbox',
  'alerts/setAlertPreference': 'their own choices of mail',
  'auth/createApiToken': 'a token of their own, which can do no more than they can',
  'auth/listApiTokens': 'their own tokens',
  'auth/ownProfile': 'their own account',
  'catalog/getDomain': 'domains and their teams are how people find whom to ask',
  'catalog/listDomains': 'domains and their teams are how people find whom to ask',
  'catalog/searchCatalog': 'descriptions of products, of those a policy lets them discover',
  'compliance/complianceOverview':
    'which rules are watched and how often; figures of their own products',
  'governance/getEffectivePolicy': 'policies in force bind everybody, so everybody may read them',
  'governance/getPolicy': 'policies in force bind everybody; drafts are left out',
  'governance/listPolicies': 'policies in force bind everybody; drafts are left out',
  'governance/listPolicyDomains': 'names of domains',
  'governance/listRules': 'rules in force bind everybody',
  'insight/myWork': 'new products, of those a policy lets them discover',
  'interop/checkContract': 'what a check says of the text that they sent',
  'interop/contractSource':
    'the contract of a product that they may discover, without what the data told it',
  'interop/contractView':
    'the contract of a product that they may discover, without what the data told it',
  'interop/productContract':
    'the contract of a product that they may discover, without what the data told it',
  'platform/platformOverview': 'what the platform offers to who makes a product',
  'products/getTemplateDocument': 'what the platform offers to who makes a product',
  'products/listTemplateDocuments': 'what the platform offers to who makes a product',
  'products/listTemplates': 'what the platform offers to who makes a product',
  'quality/latestQuality':
    'scores of a product that they may discover, without what the data told the rules',
  'serving/productDescriptor':
    'the contract of a product that they may discover, without what the data told it',
  'serving/productPage': 'the description of a product that they may discover',
  'serving/productMetadata': 'the description of a product that they may discover',
};

/** Refusals that say more than "no", because they are about the asker's own input. */
export const TOLD: Record<string, string> = {
  'auth/changePassword': 'invalid: their own password, and the one they gave is wrong',
  'auth/createFirstAdmin':
    'precondition: open until the portal has its first administrator, then closed',
  'compliance/verifyReceipt': 'invalid: checks a signature over what they brought themselves',
};

/** Exported functions that take a `Ctx` and are parts of verbs and queries, which are called here themselves. */
export const PARTS: Record<string, string> = {
  'audit/audit': 'writes the row of a verb',
  'audit/ownerOf': 'reads the actor',
  'audit/recordDecision': 'writes the row of a decision',
  'audit/toEntry': 'shapes a row',
  'auth/personChanged': 'writes the row of a verb',
  'auth/requireInPerson': 'a guard',
  'auth/requireUser': 'a guard',
  'auth/syncOidcRoles': 'part of signing in, after the provider vouched for the person',
  'compliance/openViolation': 'loads and guards a violation for a verb',
  'compliance/userIdOf': 'reads the actor',
  'compliance/visibleTo': 'a condition for queries',
  'core/can': 'a guard',
  'core/requireCan': 'a guard',
  'governance/actorId': 'reads the actor',
  'governance/decide': 'the decision point, which requireDecision asks',
  'governance/discoverable': 'a condition for queries',
  'governance/loadVersion': 'loads and guards a draft for a verb',
  'governance/mayDiscover': 'a question, answered with yes or no',
  'governance/requireScope': 'a guard',
  'governance/requireSecondPerson': 'a guard',
  'governance/requireSignedIn': 'a guard',
  'governance/requireVisibleProduct': 'a guard, whose callers ask for the scope',
  'governance/visibleAmong': 'a condition for queries',
  'governance/visibleProducts': 'a condition for queries',
  'products/openDraft': 'loads and guards a draft for a verb',
  'products/ownDraft': 'loads and guards a draft for a verb',
  'products/requireAuthor': 'a guard',
  'products/validateDraft': 'judges a draft that a verb has loaded',
  'provisioning/createRun': 'part of verbs, after their guard',
  'provisioning/prepareProduct': 'part of submitProduct, after its guard',
  'serving/decideRead': 'part of openRows',
  'serving/findProduct': 'part of openRows and productMetadata',
  'serving/recordUsage': 'writes the row of a read',
  'serving/requireReader': 'a guard',
};
export const REFUSALS = z.enum(['unauthenticated', 'forbidden', 'not_found']);
