import { type Cases, product, secret } from './shared';

export const provisioning = {
  cases: {
    'provisioning/acknowledgeChange': ({ ids }) => [{ versionId: ids.proposed, note: 'yes' }],
    'provisioning/activateVersion': ({ ids }) => [{ versionId: ids.proposed }],
    'provisioning/cancelRun': ({ ids }) => [{ runId: ids.run }],
    'provisioning/checkChange': ({ ids }) => [{ productId: ids.ledger, yaml: 'kind: DataProduct' }],
    'provisioning/diffVersions': ({ ids }) => [ids.version, ids.proposed],
    'provisioning/endVersion': ({ ids }) => [
      { versionId: ids.old, reason: 'a reason that is long' },
    ],
    'provisioning/followNewest': ({ ids }) => [{ productId: ids.ledger, sourceId: ids.salaries }],
    'provisioning/getRun': ({ ids }) => [ids.run],
    'provisioning/listRuns': product,
    'provisioning/listVersions': product,
    'provisioning/oldVersions': product,
    'provisioning/openChange': product,
    'provisioning/overrideGate': ({ ids }) => [
      { versionId: ids.proposed, reason: 'a reason that is long' },
    ],
    'provisioning/pinnedInputs': product,
    'provisioning/previewRetire': product,
    'provisioning/promoteProduct': ({ ids }) => [{ productId: ids.ledger }],
    'provisioning/proposeChange': ({ ids }) => [
      { productId: ids.ledger, yaml: 'kind: DataProduct', reason: 'why' },
    ],
    'provisioning/requireInputs': ({ ids }) => [
      { kind: 'product', productId: ids.salaries, label: `vault/${secret}` },
    ],
    'provisioning/reopenDraft': ({ ids }) => [{ productId: ids.ledger }],
    'provisioning/retireProduct': ({ ids }) => [{ productId: ids.ledger, confirm: 'vault/ledger' }],
    'provisioning/retryRun': ({ ids }) => [{ runId: ids.run }],
    'provisioning/rollBack': ({ ids }) => [{ productId: ids.ledger }],
    'provisioning/runLogs': ({ ids }) => [ids.run],
    'provisioning/stageProduct': ({ ids }) => [{ productId: ids.ledger }],
    'provisioning/submitProduct': ({ ids }) => [{ draftId: ids.draft, rev: 1 }],
    'provisioning/testProduct': ({ ids }) => [{ productId: ids.ledger }],
    'provisioning/withdrawChange': ({ ids }) => [{ versionId: ids.proposed }],
  },
  open: {
    'provisioning/diffVersions':
      'contracts of a product that they may discover, without what the data told them',
    'provisioning/listVersions': 'the history of a contract that they may discover',
    'provisioning/oldVersions': 'versions that answer, of a product that they may discover',
    'provisioning/openChange':
      'a change of a contract that they may discover, without answers of others and failures',
  },
  parts: {
    'provisioning/createRun': 'part of verbs, after their guard',
    'provisioning/enqueueRun': 'part of verbs, after their guard',
    'provisioning/lockProduct': 'loads and guards a product for a verb',
    'provisioning/examine': 'part of checkChange and proposeChange, after their guard',
    'provisioning/impactOf': 'part of checkChange and proposeChange, after their guard',
    'provisioning/loadEdited': 'loads and guards a product for a verb',
    'provisioning/prepareProduct': 'part of submitProduct, after its guard',
  },
} satisfies Cases;
