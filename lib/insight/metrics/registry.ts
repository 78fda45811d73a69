import { apiAvailability } from './api-availability';
import { changeFailureRate } from './change-failure-rate';
import { computeCost } from './compute-cost';
import { costPerRead } from './cost-per-read';
import { costReduction } from './cost-reduction';
import { bytesServed } from './data-bytes-served';
import { consumers } from './data-consumers';
import { dataCost } from './data-cost';
import { dataProductCount } from './data-product-count';
import { dataQualityScore } from './data-quality-score';
import { reads } from './data-reads';
import { usageIncrease } from './data-usage-increase';
import { draftToFirstUse } from './draft-to-first-use';
import { egressCost } from './egress-cost';
import { errorBudgetLeft } from './error-budget-left';
import { innovationRate } from './innovation-rate';
import { leadTime } from './lead-time';
import type { Metric } from './metric';
import { policyCompliance } from './policy-compliance';
import { processingLatency } from './processing-latency';
import { reuse } from './reuse';
import { storageCost } from './storage-cost';
import { storageEfficiency } from './storage-efficiency';
import { surveyResponseRate } from './survey-response-rate';
import { surveySatisfaction } from './survey-satisfaction';
import { timeToApproveAccess } from './time-to-approve-access';
import { timeToInsight } from './time-to-insight';
import { timeToRestore } from './time-to-restore';
import { userSatisfaction } from './user-satisfaction';

/** The catalogue of metrics, in the order in which they are shown. */
export const METRICS: readonly Metric[] = [
  dataProductCount,
  apiAvailability,
  errorBudgetLeft,
  dataQualityScore,
  processingLatency,
  storageEfficiency,
  timeToInsight,
  draftToFirstUse,
  usageIncrease,
  consumers,
  reads,
  bytesServed,
  userSatisfaction,
  surveySatisfaction,
  surveyResponseRate,
  innovationRate,
  costReduction,
  dataCost,
  storageCost,
  computeCost,
  egressCost,
  costPerRead,
  reuse,
  leadTime,
  changeFailureRate,
  timeToRestore,
  policyCompliance,
  timeToApproveAccess,
];

const byId = new Map(METRICS.map((metric) => [metric.id, metric]));
export const metricOf = (id: string): Metric | undefined => byId.get(id);
