import { MONITORED, requirementsOf } from '@/lib/specs';
import { isPermit } from './cedar-check';
import {
  type EffectivePolicy,
  over,
  type PolicyInForce,
  type PolicyRef,
  refLabel,
  type Sourced,
} from './effective';
import {
  accessLoosens,
  approvalLoosens,
  encryptionLoosens,
  enforcementLoosens,
  type Loosens,
  modeLoosens,
  monitoringLoosens,
  requirementsLoosen,
  retentionLoosens,
  tagsLoosen,
  thresholdLoosens,
} from './loosening';

const PERCENT_METRICS = new Set(['completeness', 'accuracy', 'consistency']);
const asThreshold = (metric: string, raw: string | number): string | number =>
  typeof raw === 'number' && PERCENT_METRICS.has(metric) ? `${raw}%` : raw;

/**
 * Spec §get_effective_policies: documents in order, later over earlier, key by key and not list by list,
 * so that a domain that names one metric keeps the others.
 */
export function mergePolicies(
  domain: string | null,
  policies: readonly PolicyInForce[],
): EffectivePolicy {
  const merged: EffectivePolicy = {
    domain,
    version: policies.map(refLabel).join('+') || 'none',
    documents: policies.map(refOf),
    classifications: {},
    access: {},
    accessMode: null,
    quality: {},
    retention: null,
    compliance: {},
    conditions: [],
    cedar: [],
    rules: [],
    monitoring: {},
    approval: null,
    tags: null,
  };
  for (const policy of policies) mergeOne(merged, policy);
  return merged;
}

function refOf({ name, version, scope, activatedAt, activatedBy }: PolicyInForce): PolicyRef {
  return { name, version, scope, activatedAt, activatedBy };
}

function mergeOne(merged: EffectivePolicy, policy: PolicyInForce): void {
  const from = refOf(policy);
  const { spec } = policy.document;
  mergeClassifications(merged, policy, from);
  if (Array.isArray(spec.access_control)) {
    for (const rule of spec.access_control) {
      const value = { permissions: rule.permissions, dataAccess: rule.data_access };
      const before = merged.access[rule.role];
      merged.access[rule.role] = over(before, value, from, accessLoosens, rule.overridable);
    }
  } else if (spec.access_control) {
    merged.accessMode = over(merged.accessMode, spec.access_control, from, modeLoosens);
  }
  mergeQuality(merged, policy, from);
  if (spec.data_retention !== undefined) {
    merged.retention = over(merged.retention, spec.data_retention, from, retentionLoosens);
  }
  for (const rule of spec.compliance ?? []) {
    const before = merged.compliance[rule.regulation];
    const value = { ...before?.value, ...requirementsOf(rule) };
    merged.compliance[rule.regulation] = over(
      before,
      value,
      from,
      requirementsLoosen,
      rule.overridable,
    );
  }
  merged.conditions = added(merged.conditions, spec.access_conditions, from);
  merged.cedar = added(merged.cedar, spec.cedar_policies, from).map((one) =>
    // A domain's own permit may reach past every role that the organisation allows.
    one.from.scope === 'domain' && isPermit(one.value.policy) ? { ...one, loosens: true } : one,
  );
  merged.rules = added(merged.rules, spec.validation_rules, from);
  mergeMonitoring(merged, policy, from);
  if (spec.approval) {
    merged.approval = over(merged.approval, spec.approval, from, approvalLoosens);
  }
  if (spec.tags) merged.tags = over(merged.tags, spec.tags, from, tagsLoosen);
}

/** Lists whose entries add up; an entry whose id is taken already does not hold. */
function added<T extends { id: string }>(
  before: Sourced<T>[],
  entries: readonly T[] | undefined,
  from: PolicyRef,
): Sourced<T>[] {
  const taken = new Set(before.map((one) => one.value.id));
  const fresh = (entries ?? []).filter(({ id }) => !taken.has(id));
  return [...before, ...fresh.map((value) => ({ value, from }))];
}

function mergeClassifications(
  merged: EffectivePolicy,
  policy: PolicyInForce,
  from: PolicyRef,
): void {
  for (const rule of policy.document.spec.data_classification ?? []) {
    const before = merged.classifications[rule.level];
    const { description, encryption, retention, overridable } = rule;
    const set = <T>(held: Sourced<T> | null | undefined, value: T, loosens?: Loosens<T>) =>
      over(held, value, from, loosens, overridable);
    merged.classifications[rule.level] = {
      description:
        description === undefined
          ? (before?.description ?? null)
          : set(before?.description, description),
      encryption: set(before?.encryption, encryption, encryptionLoosens),
      retention: set(before?.retention, retention, retentionLoosens),
    };
  }
}

/** What the monitor does by itself stands under a domain that speaks first. */
const BUILT_IN: PolicyRef = {
  name: 'monitor',
  version: 1,
  scope: 'global',
  activatedAt: null,
  activatedBy: null,
};

function mergeMonitoring(merged: EffectivePolicy, policy: PolicyInForce, from: PolicyRef): void {
  for (const { overridable, ...rule } of policy.document.spec.monitoring ?? []) {
    const before = merged.monitoring[rule.rule];
    const value = { ...before?.value, ...rule };
    if (before || from.scope === 'global') {
      merged.monitoring[rule.rule] = over(before, value, from, monitoringLoosens, overridable);
      continue;
    }
    const floor = { value: { rule: rule.rule, ...MONITORED[rule.rule] }, from: BUILT_IN };
    const { replaced: _, ...set } = over(floor, value, from, monitoringLoosens);
    merged.monitoring[rule.rule] = set;
  }
}

function mergeQuality(merged: EffectivePolicy, policy: PolicyInForce, from: PolicyRef): void {
  const { spec } = policy.document;
  for (const { metric, threshold, enforcement, overridable } of spec.data_quality ?? []) {
    const before = merged.quality[metric];
    const stated = asThreshold(metric, threshold);
    merged.quality[metric] = {
      threshold: over(before?.threshold, stated, from, thresholdLoosens, overridable),
      enforcement: over(before?.enforcement, enforcement, from, enforcementLoosens, overridable),
    };
  }
  for (const [metric, raw] of Object.entries(spec.quality_requirements ?? {})) {
    if (raw === undefined) continue;
    const before = merged.quality[metric];
    merged.quality[metric] = {
      threshold: over(before?.threshold, asThreshold(metric, raw), from, thresholdLoosens),
      // The domain form says no enforcement: the global one stays, a new metric warns.
      enforcement: before?.enforcement ?? { value: 'warning', from },
    };
  }
}
