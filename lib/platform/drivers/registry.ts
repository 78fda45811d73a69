import type { Capability, Driver } from './define-driver';
import { standardGovernance } from './governance/standard';
import { duckdbEtl } from './processing/duckdb-etl';
import { restApi } from './serving/rest-api';
import { dataLake } from './storage/data-lake';

/** Every driver there is; a new one is its file and one line here. */
const DRIVERS = {
  'data-lake': dataLake,
  'duckdb-etl': duckdbEtl,
  'rest-api': restApi,
  standard: standardGovernance,
} satisfies Record<string, Driver>;

export const driverList = (): Driver[] => Object.values(DRIVERS);

export function driverFor(provider: string, capability: Capability): Driver | undefined {
  return driverList().find(
    (driver) => driver.provider === provider && driver.capability === capability,
  );
}

export function driverOfKind(kind: string): Driver | undefined {
  return driverList().find((driver) => driver.kind === kind);
}
