import { type Driver, type DriverServices, driverOfKind } from '@/lib/platform';
import type { Suites } from './suites';

/** What a run needs from outside of this module. */
export interface RunDeps {
  services: DriverServices;
  suites: Suites;
  driver(kind: string): Driver | undefined;
  /** Names an instant; tests stop or kill a worker there. */
  checkpoint(name: string): Promise<void>;
}

/** The durable engine's part of a workflow: a step's result is kept, a sleep survives a restart. */
export interface Durable {
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  sleep(ms: number): Promise<void>;
}

export function runDeps(
  services: DriverServices & { suites: Suites },
  overrides: Partial<RunDeps> = {},
): RunDeps {
  const { suites } = services;
  return { services, suites, driver: driverOfKind, checkpoint: async () => {}, ...overrides };
}
