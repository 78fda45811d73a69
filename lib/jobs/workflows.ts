import { DBOS } from '@dbos-inc/dbos-sdk';
import { grantRun } from '@/lib/access';
import {
  enforceRetention,
  executePrivacyRequest,
  failMonitorRun,
  failPrivacyRequest,
  monitorChange,
  runMonitor,
  searchSubject,
  sweepRetention,
} from '@/lib/compliance';
import { runSimulation } from '@/lib/governance';
import { countRun, failRecount, recountRun } from '@/lib/insight';
import { runPipeline } from '@/lib/pipelines';
import {
  type Durable,
  provisionRun,
  type RunDeps,
  retireRun,
  runDeps,
  serveEarlier,
} from '@/lib/provisioning';
import { sunsetRun } from '@/lib/provisioning/versions';
import { performRemediation } from '@/lib/quality';
import { checkServed } from './hourly-quality';
import { driverServices } from './services';
import { verifyAuditLog } from './verify-audit';

/** Database trouble between steps passes by itself; drivers' failures never reach this. */
const RETRY = { retriesAllowed: true, maxAttempts: 8, intervalSeconds: 0.2, backoffRate: 2 };

const durable: Durable = {
  step: (name, work) => DBOS.runStep(work, { name, ...RETRY }),
  sleep: (ms) => DBOS.sleep(ms),
};

type Handler = (deps: RunDeps, id: string) => Promise<void>;

/** Every durable workflow: its name is what `enqueue` is given, its one argument an id. */
const WORKFLOWS = {
  provision: (deps, runId) => provisionRun(durable, deps, runId),
  retire: (deps, runId) => retireRun(durable, deps, runId),
  'access-grant': (deps, itemId) =>
    grantRun(durable, itemId, (name) => deps.checkpoint(`access:${name}`)),
  'version-sunset': (deps, versionId) => sunsetRun(durable, deps, versionId),
  pipeline: (deps, pipelineRunId) => runPipeline(durable, deps, pipelineRunId),
  quality: (deps, productId) => durable.step('check', () => checkServed(deps, productId)),
  'quality-remediate': (deps, remediationId) =>
    durable.step('mend', () =>
      performRemediation(remediationId, {
        serveEarlier,
        checkpoint: (name) => deps.checkpoint(`remediate:${name}`),
      }),
    ),
  'privacy-search': (_deps, requestId) => searchPrivacy(requestId),
  'privacy-execute': (deps, requestId) =>
    executePrivacyRequest(durable, (name) => deps.checkpoint(`privacy:${name}`), requestId),
  retention: (deps, runId) =>
    enforceRetention(durable, (name) => deps.checkpoint(`retention:${name}`), runId),
  'policy-simulation': (_deps, simulationId) =>
    durable.step('simulate', () => runSimulation(simulationId)),
  'campaign-count': (deps, countId) =>
    countRun(durable, countId, (name) => deps.checkpoint(`campaign:${name}`)),
  'usage-recount': (deps, recountId) => recount(deps, recountId),
  'audit-verify': () => durable.step('verify', verifyAuditLog),
  'retention-sweep': async () => {
    await durable.step('sweep', sweepRetention);
  },
  monitor: (deps, runId) => monitor(deps, runId),
  'monitor-change': (_deps, productId) => durable.step('enqueue', () => monitorChange(productId)),
} satisfies Record<string, Handler>;

async function monitor(deps: RunDeps, runId: string): Promise<void> {
  try {
    const checkpoint = (name: string) => deps.checkpoint(`monitor:${name}`);
    await durable.step('check', () => runMonitor(runId, checkpoint));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await durable.step('fail', () => failMonitorRun(runId, message));
  }
}

/** Days that cannot be counted again are told of, and others can be asked for. */
async function recount(deps: RunDeps, recountId: string): Promise<void> {
  try {
    await recountRun(durable, recountId, () => deps.checkpoint('recount:counted'));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await durable.step('fail', () => failRecount(recountId, message));
  }
}

/** A search that cannot be finished is said on its request, from where it is begun again. */
async function searchPrivacy(requestId: string): Promise<void> {
  try {
    await durable.step('search', () => searchSubject(requestId));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await durable.step('fail', () => failPrivacyRequest(requestId, message));
  }
}

/** Before launch, once a process. */
export function registerWorkflows(overrides: Partial<RunDeps>): void {
  const deps = runDeps(driverServices, overrides);
  for (const [name, handler] of Object.entries<Handler>(WORKFLOWS)) {
    DBOS.registerWorkflow((id: string) => handler(deps, id), { name });
  }
}
