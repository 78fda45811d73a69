import { askForReviews, endElevations, remindOwners, tellOfEndingGrants } from '@/lib/access';
import { deliverDue, removeOldDeliveries, removeOldNotifications, sendDigests } from '@/lib/alerts';
import { prepareAuditMonths, sealCheckpoint } from '@/lib/audit';
import { refreshReaders, tellOfMatches } from '@/lib/catalog';
import {
  escalateViolations,
  fireDueMonitors,
  fireRetention,
  removeArchives,
  watchClocks,
} from '@/lib/compliance';
import { log } from '@/lib/core';
import {
  discoverable,
  enforceDueGrace,
  expireWaivers,
  removeOldSimulations,
  tellOfCertifications,
} from '@/lib/governance';
import {
  dropOldUsage,
  endCampaigns,
  forgetParts,
  forgetReaders,
  keepCostSums,
  keepMetricDays,
  keepReuse,
  prepareUsageMonths,
  recordDue,
  releaseAnswers,
  remindOfCampaigns,
  rollUpResources,
  sendFigures,
  sketchDue,
} from '@/lib/insight';
import { deriveDueLineage, removeOldLineage } from '@/lib/lineage';
import { fireDueSchedules, removeOldSnapshots } from '@/lib/pipelines';
import { fireSunsets } from '@/lib/provisioning';
import { measureDue, PROBE_ROUND_MS, probeDue, removeOldMeasurements } from '@/lib/slo';
import { removeDeletedQueries } from '@/lib/workbench';
import { fireHourlyQuality } from './hourly-quality';
import { reconcileLake } from './reconcile';
import { reviveRuns } from './revive-runs';
import { takeOverDeadWork } from './take-over';
import { fireAuditVerification } from './verify-audit';

interface Chore {
  name: string;
  everyMs: number;
  work: () => Promise<unknown>;
}

/**
 * Small chores of every worker. Each is safe beside the other workers' (a conditional update or a lock
 * decides who does it), none begins again before it has ended, and a failure waits for the next round.
 */
export function startMaintenance(options: {
  deadAfterMs: number;
  /** Tests name instants here. */
  checkpoint?: (name: string) => Promise<void>;
}): () => void {
  const chores: Chore[] = [
    {
      name: 'take over dead work',
      everyMs: Math.min(5000, options.deadAfterMs),
      work: () => takeOverDeadWork(options.deadAfterMs),
    },
    { name: 'due schedules', everyMs: 15_000, work: fireDueSchedules },
    { name: 'sunsets', everyMs: 60_000, work: fireSunsets },
    { name: 'old snapshots', everyMs: 60_000, work: removeOldSnapshots },
    { name: 'audit checkpoint', everyMs: 60_000, work: sealCheckpoint },
    { name: 'months of the audit log', everyMs: 3_600_000, work: prepareAuditMonths },
    { name: 'months of events of use', everyMs: 3_600_000, work: prepareUsageMonths },
    { name: 'days of figures', everyMs: 30_000, work: keepMetricDays },
    { name: 'old events of use', everyMs: 3_600_000, work: dropOldUsage },
    { name: 'who read long ago', everyMs: 3_600_000, work: forgetReaders },
    { name: 'readers of parts that nobody asks for', everyMs: 3_600_000, work: forgetParts },
    { name: 'daily proof of the audit', everyMs: 600_000, work: fireAuditVerification },
    { name: 'hourly quality', everyMs: 300_000, work: fireHourlyQuality },
    { name: 'leftovers of the lake', everyMs: 3_600_000, work: () => reconcileLake() },
    { name: 'policies at the end of their grace', everyMs: 15_000, work: enforceDueGrace },
    { name: 'waivers that end', everyMs: 300_000, work: expireWaivers },
    { name: 'certifications that end', everyMs: 300_000, work: tellOfCertifications },
    { name: 'compliance monitor', everyMs: 15_000, work: fireDueMonitors },
    { name: 'violations left alone', everyMs: 300_000, work: escalateViolations },
    { name: 'statutory clocks', everyMs: 300_000, work: watchClocks },
    { name: 'daily retention', everyMs: 600_000, work: fireRetention },
    { name: 'archives that are over', everyMs: 600_000, work: () => removeArchives() },
    { name: 'columns of changed statements', everyMs: 2000, work: deriveDueLineage },
    { name: 'alerts to deliver', everyMs: 2000, work: deliverDue },
    { name: 'digests to send', everyMs: 60_000, work: () => sendDigests(discoverable) },
    {
      name: 'figures to send',
      everyMs: 60_000,
      work: () => sendFigures(options.checkpoint),
    },
    { name: 'answers of the survey', everyMs: 600_000, work: releaseAnswers },
    { name: 'grants that end', everyMs: 600_000, work: tellOfEndingGrants },
    { name: 'grants to look at again', everyMs: 3_600_000, work: askForReviews },
    { name: 'requests that wait', everyMs: 600_000, work: remindOwners },
    { name: 'roles that are over', everyMs: 60_000, work: endElevations },
    { name: 'readers of products', everyMs: 600_000, work: refreshReaders },
    { name: 'saved searches', everyMs: 15_000, work: tellOfMatches },
    { name: 'resources of days that are over', everyMs: 600_000, work: rollUpResources },
    { name: 'sums of costs', everyMs: 30_000, work: keepCostSums },
    { name: 'reuse of days that are over', everyMs: 30_000, work: keepReuse },
    { name: 'products that look alike', everyMs: 15_000, work: sketchDue },
    { name: 'old deliveries', everyMs: 3_600_000, work: removeOldDeliveries },
    { name: 'old notifications', everyMs: 3_600_000, work: removeOldNotifications },
    { name: 'old lineage events', everyMs: 3_600_000, work: removeOldLineage },
    { name: 'old simulations', everyMs: 3_600_000, work: removeOldSimulations },
    { name: 'deleted queries', everyMs: 3_600_000, work: removeDeletedQueries },
    { name: 'stuck runs', everyMs: 60_000, work: reviveRuns },
    { name: 'probes', everyMs: PROBE_ROUND_MS, work: probeDue },
    { name: 'objectives', everyMs: 10_000, work: () => measureDue(options.checkpoint) },
    { name: 'scorecards', everyMs: 15_000, work: () => recordDue(options.checkpoint) },
    { name: 'campaigns that end', everyMs: 300_000, work: endCampaigns },
    { name: 'reminders of campaigns', everyMs: 600_000, work: remindOfCampaigns },
    { name: 'old measurements', everyMs: 3_600_000, work: removeOldMeasurements },
  ];
  const timers = chores.map((chore) => keepDoing(chore));
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

function keepDoing({ name, everyMs, work }: Chore): NodeJS.Timeout {
  let isBusy = false;
  const round = () => {
    if (isBusy) return;
    isBusy = true;
    work()
      .catch((error: unknown) => log().warn({ err: error, chore: name }, 'a chore failed'))
      .finally(() => {
        isBusy = false;
      });
  };
  round();
  return setInterval(round, everyMs);
}
