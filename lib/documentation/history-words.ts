type Detail = Record<string, unknown>;
interface Words {
  group: 'lifecycle' | 'versions' | 'loads' | 'access' | 'quality' | 'changes';
  /** In the changelog that everybody reads; `feed` only among what happened. */
  isPublic?: 'changelog' | 'feed';
  text: (detail: Detail) => string;
}

const number = new Intl.NumberFormat('en');
const say = (text: string) => () => text;
const version = (before: string, after: string) => (detail: Detail) =>
  typeof detail.version === 'string'
    ? `${before} ${detail.version} ${after}`
    : `${before} ${after}`;
const because = (text: string, key: string) => (detail: Detail) =>
  typeof detail[key] === 'string' && detail[key] !== '' ? `${text}: ${detail[key]}` : text;
const group =
  (name: Words['group'], isPublic?: Words['isPublic']) =>
  (text: string | Words['text']): Words => ({
    group: name,
    ...(isPublic && { isPublic }),
    text: typeof text === 'string' ? say(text) : text,
  });

const announced = group('lifecycle', 'changelog');
const lifecycle = group('lifecycle');
const versioned = group('versions', 'changelog');
const versions = group('versions');
const loads = group('loads');
const access = group('access');
const quality = group('quality');
const changes = group('changes');

/**
 * What is told of a product's audit rows, in words. An action that is not here is not told on a product's page: legal
 * holds and privacy requests are for those who work on them.
 */
export const HISTORY: Readonly<Record<string, Words>> = {
  'product.submit': lifecycle('Submitted'),
  'product.reopen': lifecycle('Opened again as a draft'),
  'product.stage': lifecycle('Loaded into staging'),
  'product.test': lifecycle('Tests were started'),
  'product.tested': lifecycle('Tests have run'),
  'product.gate.closed': lifecycle(because('A gate is closed', 'reason')),
  'product.provision': announced('Published'),
  'product.provision.failed': lifecycle(because('Provisioning failed', 'error')),
  'product.provision.cancelled': lifecycle('Provisioning was cancelled'),
  'product.promote': announced('Published'),
  'product.rollback': announced('Rolled back to an earlier snapshot'),
  'product.deprecate': announced('Deprecated'),
  'product.deprecate.withdraw': announced('No longer deprecated'),
  'product.retire': lifecycle('Retirement was started'),
  'product.retire.failed': lifecycle(because('Retirement failed', 'error')),
  'product.retired': announced('Retired'),
  'run.cancel': lifecycle('A run was cancelled'),
  'contract.propose': versions(version('Version', 'was proposed')),
  'contract.acknowledge': versions(version('Version', 'was acknowledged by a consumer')),
  'contract.override': versions(version('Version', 'was let through its gate')),
  'contract.withdraw': versions(version('Version', 'was withdrawn')),
  'contract.activate': versions(version('Version', 'is being put in force')),
  'contract.activated': versioned(version('Version', 'is in force')),
  'contract.activation_failed': versions(because('A version could not be put in force', 'error')),
  'contract.end': versioned(version('Version', 'ends early')),
  'contract.retired': versioned(version('Version', 'is retired')),
  'contract.follow': versions('Now follows the newest version of what it reads'),
  'contract.import': changes('A contract was imported'),
  'pipeline.run': loads('A load was started'),
  'pipeline.loaded': group(
    'loads',
    'feed',
  )(({ rows }) => (typeof rows === 'number' ? `Loaded ${number.format(rows)} rows` : 'Loaded')),
  'pipeline.failed': loads(because('A load failed', 'error')),
  'retention.run': loads('Retention was run'),
  'retention.column': changes('The column that tells the age of a row was set'),
  'access.grant': access('Access was given'),
  'access.revoke': access('Access was taken back'),
  'violation.open': quality('A violation was found'),
  'violation.reopen': quality('A violation was found again'),
  'violation.acknowledge': quality('A violation was acknowledged'),
  'violation.assign': quality('A violation was assigned'),
  'violation.escalate': quality('A violation was escalated'),
  'violation.resolve': quality('A violation was resolved'),
  'certification.give': announced('Certified'),
  'certification.renew': announced('Its certification was renewed'),
  'certification.withdraw': announced(because('Its certification was withdrawn', 'reason')),
  'certification.end': announced(because('Its certification has ended', 'reason')),
  'waiver.request': quality(because('A waiver was asked for', 'rule')),
  'quality.run': quality('Quality was measured'),
  'quality.rule.add': quality('A quality rule was added'),
  'quality.incident.open': quality('A quality incident was opened'),
  'quality.incident.assign': quality('A quality incident was assigned'),
  'quality.incident.resolve': quality('A quality incident was resolved'),
  'quality.remediated': quality('Rows were mended'),
  'quality.remediation_failed': quality('Rows could not be mended'),
  'slo.save': quality('An objective was changed'),
  'slo.remove': quality('An objective was removed'),
  'product.sample.save': changes('A sample of the unit tests was saved'),
  'product.sample.delete': changes('A sample of the unit tests was deleted'),
  'glossary.link': changes('A glossary term was linked'),
  'glossary.unlink': changes('A glossary term was unlinked'),
  'documentation.save': group('changes', 'feed')('The documentation was written anew'),
};

const actionsWhere = (holds: (words: Words) => boolean) =>
  Object.entries(HISTORY).flatMap(([action, words]) => (holds(words) ? [action] : []));
export const CHANGELOG_ACTIONS = actionsWhere(({ isPublic }) => isPublic === 'changelog');
export const PUBLIC_ACTIONS = actionsWhere(({ isPublic }) => isPublic !== undefined);
export const TOLD_ACTIONS = actionsWhere(() => true);
