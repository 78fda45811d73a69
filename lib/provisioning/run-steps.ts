import type { PlannedStep } from '@/lib/platform';
import { SUITES, type SuiteName } from './suites';

export type Environment = 'staging' | 'production';
export type AcceptedStep = PlannedStep & { config: unknown };

/** A step of a run: a driver's work in one environment, or a test suite. */
export type RunStep = Omit<AcceptedStep, 'capability'> & {
  capability: AcceptedStep['capability'] | SuiteName;
  environment: Environment;
};

const SUITE_PLANS: Record<SuiteName, string> = {
  unit: 'Schema, constraints, and the transformation over your sample rows',
  integration: 'The load end to end, and every port and format as the contract says',
  quality: 'Every rule against the thresholds in force',
  performance: 'Bounded load on the rows port: p95 and throughput',
};

const inEnvironment = (steps: readonly AcceptedStep[], environment: Environment): RunStep[] =>
  steps.map((step) => ({ ...step, environment }));

const suites = (): RunStep[] =>
  SUITES.map((capability) => ({
    capability,
    driver: 'suite',
    title: 'Test suite',
    environment: 'staging',
    changes: [{ action: 'verify', what: SUITE_PLANS[capability] }],
    config: {},
  }));

/** Staging, the four suites, production: what each kind of run does of that. */
export function stepsOfRun(
  kind: 'provision' | 'test' | 'promote',
  steps: readonly AcceptedStep[],
): RunStep[] {
  if (kind === 'test') return suites();
  const production = inEnvironment(steps, 'production').map((step) =>
    step.capability === 'processing' ? { ...step, changes: TAKE_OVER } : step,
  );
  return kind === 'promote'
    ? production
    : [...inEnvironment(steps, 'staging'), ...suites(), ...production];
}

const TAKE_OVER: RunStep['changes'] = [
  {
    action: 'create',
    what: 'The tested snapshot, taken over from staging',
    detail: 'the same files; nothing is loaded again',
  },
];

/** How log lines name a step: the same capability is worked on in two environments. */
export const stepKey = (step: { environment: string; name: string }): string =>
  step.environment === 'staging' && !(SUITES as readonly string[]).includes(step.name)
    ? `staging/${step.name}`
    : step.name;
