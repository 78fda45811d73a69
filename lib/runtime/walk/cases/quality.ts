import { type Cases, decision, filter, none, product, secret } from './shared';

export const quality = {
  cases: {
    'quality/requireRuleSources': () => [
      [
        {
          ...{ name: 'r', check: 'reference', column: 'id' },
          config: { product: `vault/${secret}`, productColumn: 'id' },
        },
      ],
    ],
    'quality/tryRule': (world) => [decision(world), { name: 'r', check: 'row_count', config: {} }],
    'quality/addRule': ({ ids }) => [{ productId: ids.ledger, name: 'mine', check: 'row_count' }],
    'quality/assignIncident': ({ ids, emails }) => [
      { incidentId: ids.incident, rev: 1, email: emails.owner },
    ],
    'quality/commentIncident': ({ ids }) => [{ incidentId: ids.incident, note: 'a comment' }],
    'quality/discardQuarantine': ({ ids }) => [ids.sideFile],
    'quality/getIncident': ({ ids }) => [ids.incident],
    'quality/incidentRows': ({ ids }) => [ids.incident],
    'quality/incidentsAcross': filter,
    'quality/openIncidents': none,
    'quality/latestQuality': product,
    'quality/listIncidents': product,
    'quality/listQuarantine': product,
    'quality/listRules': product,
    'quality/previewRemedy': ({ ids }) => [
      { incidentId: ids.incident, remedy: { kind: 'quarantine' } },
    ],
    'quality/qualityHistory': product,
    'quality/quarantineRows': ({ ids }) => [ids.sideFile],
    'quality/recheckQuality': ({ ids }) => [{ productId: ids.ledger }],
    'quality/remediateIncident': ({ ids }) => [
      { incidentId: ids.incident, remedy: { kind: 'quarantine' }, snapshotId: 'x', rows: 1 },
    ],
    'quality/ruleHistory': ({ ids }) => [ids.qualityRule],
    'quality/setRootCause': ({ ids }) => [
      { incidentId: ids.incident, rev: 1, rootCause: 'a cause' },
    ],
    'quality/suggestRules': product,
    'quality/versionsQuality': product,
    'quality/switchRule': ({ ids }) => [{ ruleId: ids.qualityRule, isEnabled: false }],
  },
  open: {
    'quality/getIncident':
      'that a rule fails of a product that they may discover, without what the data told the rule',
    'quality/incidentsAcross': 'incidents of their own products, domains and work',
    'quality/openIncidents': 'how many incidents of their own products, domains and work are open',
    'quality/versionsQuality':
      'scores of versions of a product that they may discover, without what the data told the rules',
    'quality/listIncidents':
      'that rules fail of a product that they may discover, without what the data told the rules',
    'quality/listRules':
      'names of rules of a product that they may discover, without what the data told the rules',
    'quality/qualityHistory': 'scores of a product that they may discover, over time',
    'quality/ruleHistory': 'scores of a rule of a product that they may discover, over time',
    'quality/latestQuality':
      'scores of a product that they may discover, without what the data told the rules',
  },
  parts: {
    'quality/loadIncident': 'loads and guards an incident for verbs and queries',
    'quality/mayManage': 'a guard',
    'quality/mayReadRows': 'a question, answered with yes or no',
    'quality/openIncident': 'loads and guards an incident for a verb',
    'quality/previewOf': 'part of previewRemedy, after its guard',
    'quality/userIdOf': 'reads the actor',
  },
} satisfies Cases;
