import { SUITES } from '../suites';
import { errors, type Gate, type GateCheck } from './gate';

const schemaDefined: GateCheck = {
  id: 'schema',
  title: 'Schema defined',
  check: ({ descriptor }) =>
    descriptor.spec.schema.length > 0 ? [] : errors('The contract has no fields. Add them.'),
};

const processingDefined: GateCheck = {
  id: 'processing',
  title: 'Processing defined',
  check: ({ hasPipeline }) =>
    hasPipeline ? [] : errors('There is no pipeline that loads the product. Choose a source.'),
};

const qualityDefined: GateCheck = {
  id: 'quality',
  title: 'At least one quality rule',
  check: ({ ruleCount }) =>
    ruleCount > 0 ? [] : errors('No quality rule is switched on. Add one to the draft.'),
};

const documented: GateCheck = {
  id: 'documentation',
  title: 'Documentation present',
  check: ({ documentation }) =>
    documentation.trim() === ''
      ? errors('There is no documentation. Say what the rows are and how they come about.')
      : [],
};

const suiteChecks: GateCheck[] = SUITES.map((suite) => ({
  id: suite,
  title: `${suite[0]?.toUpperCase()}${suite.slice(1)} suite is green`,
  check: ({ tests }) => {
    const run = tests[suite];
    if (!run) return errors(`The ${suite} suite has not run on what is in staging. Run the tests.`);
    const warnings = run.warnings.map((message) => ({ level: 'warning' as const, message }));
    return run.status === 'passed' ? warnings : [...errors(...run.failures), ...warnings];
  },
}));

const governance: GateCheck = {
  id: 'governance',
  title: 'No governance error without a waiver',
  check: ({ findings }) =>
    findings
      .filter((one) => !one.waiver && one.level !== 'info')
      .map(({ level, message }) => ({ level: level === 'error' ? 'error' : 'warning', message })),
};

const accessVerified: GateCheck = {
  id: 'access',
  title: 'Access controls read back',
  check: ({ hasVerifiedAccess }) =>
    hasVerifiedAccess
      ? []
      : errors('The access controls were not read back in staging. Load staging again.'),
};

const monitored: GateCheck = {
  id: 'monitoring',
  title: 'Monitoring set up',
  check: ({ isMonitored }) =>
    isMonitored ? [] : errors('The staged rows were not checked. Run the tests again.'),
};

const consumersAgree: GateCheck = {
  id: 'change',
  title: 'Consumers agree to what breaks',
  check: ({ changeObstacle }) => (changeObstacle ? errors(changeObstacle) : []),
};

const consumersTold: GateCheck = {
  id: 'told',
  title: 'Consumers told',
  check: ({ deprecatedAt, grants, consumers }) =>
    deprecatedAt || grants === 0
      ? []
      : errors(
          `${consumers} ${consumers === 1 ? 'consumer is' : 'consumers are'} not told. Deprecate it with a sunset date first.`,
        ),
};

const sunsetPassed: GateCheck = {
  id: 'sunset',
  title: 'Sunset date passed, or no grants left',
  check: ({ sunsetAt, grants, at }) => {
    if (grants === 0 || (sunsetAt && sunsetAt <= at)) return [];
    const held = `${grants} ${grants === 1 ? 'grant is' : 'grants are'} in use`;
    return errors(
      sunsetAt
        ? `${held} and the sunset is on ${sunsetAt.toISOString().slice(0, 10)}.`
        : `${held}. Deprecate it with a sunset date, or revoke them.`,
    );
  },
};

const noReaders: GateCheck = {
  id: 'readers',
  title: 'No living product reads it',
  check: ({ readers }) =>
    readers.length === 0 ? [] : errors(`It is read by ${readers.join(', ')}.`),
};

const notHeld: GateCheck = {
  id: 'hold',
  title: 'No legal hold',
  check: ({ isHeld }) =>
    isHeld ? errors('It is under a legal hold. A steward releases the hold first.') : [],
};

/** DESIGN §4. Another computed check is a line in its gate's list. */
export const GATES = {
  testing: {
    from: 'development',
    to: 'testing',
    title: 'Development → testing',
    checks: [schemaDefined, processingDefined, qualityDefined, documented],
  },
  staging: {
    from: 'testing',
    to: 'staging',
    title: 'Testing → staging',
    checks: suiteChecks,
  },
  production: {
    from: 'staging',
    to: 'production',
    title: 'Staging → production',
    checks: [governance, accessVerified, monitored, consumersAgree],
  },
  retired: {
    from: 'deprecated',
    to: 'retired',
    title: 'Deprecated → retired',
    checks: [consumersTold, sunsetPassed, noReaders, notHeld],
  },
} as const satisfies Record<string, Gate>;
export type GateName = keyof typeof GATES;
