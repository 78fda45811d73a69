import { driverServices } from '@/lib/jobs/services';
import { type Durable, provisionRun, type RunDeps, runDeps } from '@/lib/provisioning';

/** Without a durable engine: steps run as they come, waits do not wait. */
export const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };

/** Carries a run out in this process, as the worker would. */
export const carryOut = (runId: string, overrides: Partial<RunDeps> = {}): Promise<void> =>
  provisionRun(inline, runDeps(driverServices, overrides), runId);
