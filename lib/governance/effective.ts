import {
  type AccessMode,
  type Classification,
  type DataGovernancePolicy,
  type Enforcement,
  type Permission,
  parseDuration,
  parseThreshold,
  requirementsOf,
} from '@/lib/specs';

/** A policy document in force, as provenance names it. */
export interface PolicyRef {
  name: string;
  version: number;
  scope: 'global' | 'domain';
}
/** A value in force, the document that set it, and what it took the place of. */
export interface Sourced<T> {
  value: T;
  from: PolicyRef;
  replaced?: { value: T; from: PolicyRef };
}
export interface AccessRule {
  permissions: Permission[];
  dataAccess: Classification[];
}
export interface ClassificationRule {
  description: Sourced<string> | null;
  encryption: Sourced<'optional' | 'required'>;
  retention: Sourced<string | number>;
}
export interface QualityRequirement {
  threshold: Sourced<string | number>;
  enforcement: Sourced<Enforcement>;
}

/** The policies of one domain: the global document with the domain's own merged over it. */
export interface EffectivePolicy {
  domain: string | null;
  /** Changes whenever a document in force changes: `global-data-governance/v1+sales-data-governance/v2`. */
  version: string;
  documents: PolicyRef[];
  classifications: Partial<Record<Classification, ClassificationRule>>;
  access: Record<string, Sourced<AccessRule>>;
  /** The domain's mode; null when no document names one, which means role_based. */
  accessMode: Sourced<AccessMode> | null;
  quality: Record<string, QualityRequirement>;
  /** The domain's own retention, which holds instead of the classification's. */
  retention: Sourced<string | number> | null;
  compliance: Record<string, Sourced<Record<string, boolean | number | string>>>;
}
export interface PolicyInForce extends PolicyRef {
  document: DataGovernancePolicy;
}

export const refLabel = (ref: PolicyRef): string => `${ref.name}/v${ref.version}`;

function over<T>(before: Sourced<T> | null | undefined, value: T, from: PolicyRef): Sourced<T> {
  return before
    ? { value, from, replaced: { value: before.value, from: before.from } }
    : { value, from };
}

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
    documents: policies.map(({ name, version, scope }) => ({ name, version, scope })),
    classifications: {},
    access: {},
    accessMode: null,
    quality: {},
    retention: null,
    compliance: {},
  };
  for (const policy of policies) mergeOne(merged, policy);
  return merged;
}

function mergeOne(merged: EffectivePolicy, policy: PolicyInForce): void {
  const { name, version, scope } = policy;
  const from: PolicyRef = { name, version, scope };
  const { spec } = policy.document;
  for (const rule of spec.data_classification ?? []) {
    const before = merged.classifications[rule.level];
    const { description } = rule;
    merged.classifications[rule.level] = {
      description:
        description === undefined
          ? (before?.description ?? null)
          : over(before?.description, description, from),
      encryption: over(before?.encryption, rule.encryption, from),
      retention: over(before?.retention, rule.retention, from),
    };
  }
  if (Array.isArray(spec.access_control)) {
    for (const { role, permissions, data_access: dataAccess } of spec.access_control) {
      merged.access[role] = over(merged.access[role], { permissions, dataAccess }, from);
    }
  } else if (spec.access_control) {
    merged.accessMode = over(merged.accessMode, spec.access_control, from);
  }
  mergeQuality(merged, policy, from);
  if (spec.data_retention !== undefined) {
    merged.retention = over(merged.retention, spec.data_retention, from);
  }
  for (const rule of spec.compliance ?? []) {
    const before = merged.compliance[rule.regulation];
    const value = { ...before?.value, ...requirementsOf(rule) };
    merged.compliance[rule.regulation] = over(before, value, from);
  }
}

function mergeQuality(merged: EffectivePolicy, policy: PolicyInForce, from: PolicyRef): void {
  const { spec } = policy.document;
  for (const { metric, threshold, enforcement } of spec.data_quality ?? []) {
    const before = merged.quality[metric];
    merged.quality[metric] = {
      threshold: over(before?.threshold, asThreshold(metric, threshold), from),
      enforcement: over(before?.enforcement, enforcement, from),
    };
  }
  for (const [metric, raw] of Object.entries(spec.quality_requirements ?? {})) {
    if (raw === undefined) continue;
    const before = merged.quality[metric];
    merged.quality[metric] = {
      threshold: over(before?.threshold, asThreshold(metric, raw), from),
      // The domain form says no enforcement: the global one stays, a new metric warns.
      enforcement: before?.enforcement ?? { value: 'warning', from },
    };
  }
}

/** Whether files of this classification must be encrypted. Without a rule they are. */
export function encryptionRequired(policy: EffectivePolicy, classification: string): boolean {
  const rule = policy.classifications[classification as Classification];
  return rule ? rule.encryption.value === 'required' : true;
}

/** How long data of this classification is kept: the domain's own length, else the classification's. */
export function retentionOf(
  policy: EffectivePolicy,
  classification: string,
): Sourced<string | number> | null {
  const rule = policy.classifications[classification as Classification];
  if (!policy.retention) return rule?.retention ?? null;
  return rule
    ? over(rule.retention, policy.retention.value, policy.retention.from)
    : policy.retention;
}

/** A required threshold as a number to compare with: percent, or milliseconds for a length of time. */
export function thresholdOf(requirement: QualityRequirement) {
  const raw = requirement.threshold.value;
  return parseDuration(raw) ?? parseThreshold(raw);
}
