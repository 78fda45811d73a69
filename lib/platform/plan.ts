import type { DataPlatform, DataProductTemplate } from '@/lib/specs';
import type { Capability, PlanFacts, PlannedChange } from './drivers/define-driver';
import { resolveDrivers } from './template-health';

export interface PlannedStep {
  capability: Capability;
  /** The driver's kind and its title for people. */
  driver: string;
  title: string;
  changes: PlannedChange[];
}

/** What provisioning would do, step by step: the same functions that the workflow applies from. */
export function planSteps(
  template: DataProductTemplate,
  platform: DataPlatform,
  facts: PlanFacts,
): PlannedStep[] {
  return resolveDrivers(template, platform).map(({ capability, driver, config }) => ({
    capability,
    driver: driver.kind,
    title: driver.title,
    changes: driver.plan(facts, config),
  }));
}
