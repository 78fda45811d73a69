import {
  type AccessCondition,
  type AccessMode,
  type CedarPolicy,
  type Classification,
  type DataGovernancePolicy,
  type Enforcement,
  type MonitoringRule,
  type Overridable,
  parseDuration,
  parseThreshold,
  type ValidationRule,
} from '@/lib/specs';
import { type AccessRule, retentionLoosens } from './loosening';

/** A policy document in force, as provenance names it. */
export interface PolicyRef {
  name: string;
  version: number;
  scope: 'global' | 'domain';
  /** When and by whom it was put in force; null for what is not in force yet or shipped with the portal. */
  activatedAt: string | null;
  activatedBy: string | null;
}
/** A value in force, the document that set it, and what it took the place of. */
export interface Sourced<T> {
  value: T;
  from: PolicyRef;
  replaced?: { value: T; from: PolicyRef };
  /** The organisation's own value under a domain's: what the domain is measured by, however many documents it has. */
  floor?: { value: T; from: PolicyRef };
  /** The domain asks for less here than the organisation does. */
  loosens?: true;
  /** What domains may do with a global value; without it they may override. */
  overridable?: Overridable;
  /** What a domain document says here and may not: `overridable` forbids it, so that it does not hold. */
  refused?: { value: T; from: PolicyRef };
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
  /** Attribute-based conditions, Cedar policies and CEL rules add up; a domain cannot take a global one away. */
  conditions: Sourced<AccessCondition>[];
  cedar: Sourced<CedarPolicy>[];
  rules: Sourced<ValidationRule>[];
  monitoring: Record<string, Sourced<MonitoringRule>>;
  approval: Sourced<'one_person' | 'two_people'> | null;
  /** Which tags products may use; null means any. */
  tags: Sourced<'any' | 'approved_only'> | null;
}
export interface PolicyInForce extends PolicyRef {
  document: DataGovernancePolicy;
}

export const refLabel = (ref: Pick<PolicyRef, 'name' | 'version'>): string =>
  `${ref.name}/v${ref.version}`;

/**
 * A later value over an earlier one. A domain's value is marked when it asks for less than the organisation's own,
 * also where another document of the domain stands between them, and does not hold where `overridable` says so.
 */
export function over<T>(
  before: Sourced<T> | null | undefined,
  value: T,
  from: PolicyRef,
  loosens?: (before: T, after: T) => boolean,
  overridable?: Overridable,
): Sourced<T> {
  const own = overridable && { overridable };
  if (!before) return { value, from, ...own };
  const floor = before.from.scope === 'global' ? pick(before) : before.floor;
  if (!floor || from.scope === 'global') return { value, from, replaced: pick(before), ...own };
  const isLooser = loosens?.(floor.value, value) ?? false;
  const mayNot = before.overridable === 'no' || (before.overridable === 'tighten-only' && isLooser);
  if (mayNot) return { ...before, refused: { value, from } };
  return {
    value,
    from,
    replaced: pick(before),
    floor,
    ...(isLooser && { loosens: true as const }),
    ...(before.overridable && { overridable: before.overridable }),
  };
}

const pick = <T>({ value, from }: Sourced<T>) => ({ value, from });

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
    ? over(rule.retention, policy.retention.value, policy.retention.from, retentionLoosens)
    : policy.retention;
}

/** A required threshold as a number to compare with: percent, or milliseconds for a length of time. */
export function thresholdOf(requirement: QualityRequirement) {
  const raw = requirement.threshold.value;
  return parseDuration(raw) ?? parseThreshold(raw);
}
