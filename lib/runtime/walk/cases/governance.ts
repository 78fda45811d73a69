import { SECRET } from '../secret';
import { type Case, type Cases, decision, filter, none, product, secret, tomorrow } from './shared';

const rule = { id: 'r', title: 'A rule', level: 'warning', expression: 'true', message: 'Mend it' };
const policy: Case = ({ ids }) => [{ policyId: ids.policy, rev: 1 }];
const booking = { tag: 'booking', rev: 1 };
const certified = { reason: 'Its lines add up.', until: tomorrow };

export const governance = {
  cases: {
    'governance/activatePolicy': ({ ids }) => [{ policyId: ids.policy, rev: 1, mode: 'enforce' }],
    'governance/approveLoosening': policy,
    'governance/approveTag': () => [booking],
    'governance/certifiedUntil': product,
    'governance/certifyProduct': ({ ids }) => [{ productId: ids.ledger, ...certified }],
    'governance/checkCatalogue': none,
    'governance/checkPolicy': ({ ids }) => [{ policyId: ids.policy, yaml: 'kind: x' }],
    'governance/createTag': () => [{ name: 'ledgers' }],
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
    'governance/listTags': filter,
    'governance/listWaivers': filter,
    'governance/previewTagMove': () => ['booking'],
    'governance/productCertification': product,
    'governance/productTags': product,
    'governance/renewCertification': ({ ids }) => [
      { certificationId: ids.certification, ...certified },
    ],
    'governance/requestWaiver': ({ ids, emails }) => [
      {
        ...{
          productId: ids.ledger,
          ruleId: 'documentation',
          reason: 'a reason that is long enough',
        },
        ...{ owner: emails.owner, expiresAt: tomorrow },
      },
    ],
    'governance/requireDecision': (world) => [{ action: 'read', product: decision(world) }],
    'governance/retireTag': () => [booking],
    'governance/savePolicyDraft': ({ ids }) => [{ policyId: ids.policy, rev: 1, yaml: 'kind: x' }],
    'governance/seedPolicies': none,
    'governance/simulatePolicy': policy,
    'governance/submitPolicyDraft': policy,
    'governance/suggestTags': () => [SECRET],
    'governance/updateTag': () => [{ ...booking, name: 'booking' }],
    'governance/withdrawCertification': ({ ids }) => [
      { certificationId: ids.certification, reason: 'They do not add up.' },
    ],
    'governance/tryDecision': ({ emails }) => [
      { person: emails.owner, product: `vault/${secret}` },
    ],
  },
  open: {
    'governance/certifiedUntil': 'whether a product is certified that they may discover',
    'governance/listTags': 'what tags tell, and words on products that they may discover',
    'governance/productCertification': 'what stewards say of a product that they may discover',
    'governance/productTags': 'tags of a product that they may discover',
    'governance/getEffectivePolicy': 'policies in force bind everybody, so everybody may read them',
    'governance/getPolicy': 'policies in force bind everybody; drafts are left out',
    'governance/listPolicies': 'policies in force bind everybody; drafts are left out',
    'governance/listPolicyDomains': 'names of domains',
    'governance/listRules': 'rules in force bind everybody',
  },
  parts: {
    'governance/actorId': 'reads the actor',
    'governance/certifiable': 'loads and guards a product for a verb',
    'governance/managerOf': 'a guard',
    'governance/proposeTags': 'part of submitProduct and proposeChange, after their guard',
    'governance/stewardOf': 'reads the actor',
    'governance/decide': 'the decision point, which requireDecision asks',
    'governance/discoverable': 'a condition for queries',
    'governance/loadVersion': 'loads and guards a draft for a verb',
    'governance/mayDiscover': 'a question, answered with yes or no',
    'governance/mayReadWhole': 'a question, answered with yes or no',
    'governance/requireScope': 'a guard',
    'governance/requireSecondPerson': 'a guard',
    'governance/requireSignedIn': 'a guard',
    'governance/requireWholeRead': 'a guard',
    'governance/requireVisibleProduct': 'a guard, whose callers ask for the scope',
    'governance/concerning': 'a condition for queries',
    'governance/visibleAmong': 'a condition for queries',
    'governance/visibleProducts': 'a condition for queries',
  },
} satisfies Cases;
