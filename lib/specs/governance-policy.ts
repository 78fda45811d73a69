import { z } from 'zod';
import {
  apiVersionSchema,
  classificationSchema,
  durationSchema,
  durationThresholdSchema,
  type Enforcement,
  enforcementSchema,
  lineSchema,
  metadataSchema,
  percentSchema,
  permissionsSchema,
  scheduleSchema,
  thresholdSchema,
} from './document';
import { domainOfNamespace, identifierSchema, slugSchema } from './names';

export const ACCESS_MODES = ['role_based', 'attribute_based', 'strict_role_based'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

/**
 * What a domain may do with a value of the global document: anything (a loosening needs a steward's consent),
 * only tighten it, or nothing.
 */
export const OVERRIDABLE = ['yes', 'tighten-only', 'no'] as const;
export type Overridable = (typeof OVERRIDABLE)[number];
const overridableSchema = z.enum(OVERRIDABLE);

/** One rule per key: a list whose entries repeat a key would leave open which of them holds. */
function distinctBy<T extends z.ZodType<Record<string, unknown>>>(entry: T, key: string) {
  return z
    .array(entry)
    .max(200)
    .superRefine((list, context) => {
      list.forEach((one, index) => {
        if (list.findIndex((other) => other[key] === one[key]) === index) return;
        const message = `"${String(one[key])}" stands here twice. Merge the two entries`;
        context.addIssue({ code: 'custom', path: [index, key], message });
      });
    });
}

export const classificationRuleSchema = z.looseObject({
  level: classificationSchema,
  description: lineSchema.optional(),
  encryption: z.enum(['optional', 'required']),
  retention: durationSchema,
  overridable: overridableSchema.optional(),
});

export const accessControlRuleSchema = z.looseObject({
  role: identifierSchema,
  permissions: permissionsSchema,
  data_access: z.array(classificationSchema).min(1, 'Name at least one classification'),
  overridable: overridableSchema.optional(),
});

export const qualityRequirementSchema = z.looseObject({
  metric: identifierSchema,
  threshold: thresholdSchema,
  enforcement: enforcementSchema,
  overridable: overridableSchema.optional(),
});

const requirementSchema = z.record(
  identifierSchema,
  z.union([z.boolean(), z.number(), z.string().max(500)]),
);
export const complianceRuleSchema = z.looseObject({
  regulation: identifierSchema,
  requirements: z.array(requirementSchema).min(1, 'Name at least one requirement').max(100),
  overridable: overridableSchema.optional(),
});
export type ComplianceRule = z.infer<typeof complianceRuleSchema>;

const TIME_OF_DAY = /^([01]\d|2[0-4]):[0-5]\d$/;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * An attribute-based condition: reads and changes that `applies_to` names are refused unless everything in
 * `require` holds. Compiles to one Cedar forbid.
 */
export const accessConditionSchema = z.looseObject({
  id: slugSchema,
  description: lineSchema.optional(),
  applies_to: z
    .object({
      permissions: permissionsSchema.optional(),
      classifications: z.array(classificationSchema).min(1).optional(),
      roles: z.array(identifierSchema).min(1).max(50).optional(),
      /** Only products that hold personal data. */
      personal_data: z.boolean().optional(),
    })
    .default({}),
  require: z
    .object({
      /** One of these is stated with the request or on the grant. */
      purposes: z.array(lineSchema).min(1).max(100).optional(),
      /** `08:00` to `18:00` in `timezone`, on `days`. */
      hours: z
        .object({
          from: z.string().regex(TIME_OF_DAY, 'Use a time of day such as 08:00'),
          to: z.string().regex(TIME_OF_DAY, 'Use a time of day such as 18:00'),
          timezone: z.string().max(60).default('UTC').refine(isTimeZone, {
            error: 'Use the name of a time zone, for example Europe/Lisbon',
          }),
          days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
        })
        .optional(),
      /** CIDR ranges, for example 10.0.0.0/8. */
      networks: z
        .array(z.union([z.cidrv4(), z.cidrv6()], { error: 'Use a range such as 10.0.0.0/8' }))
        .min(1)
        .max(100)
        .optional(),
      /** A grant, and not a role alone. */
      grant: z.boolean().optional(),
    })
    .refine((require) => Object.keys(require).length > 0, {
      error: 'Require something: purposes, hours, networks or grant',
    }),
});
export type AccessCondition = z.infer<typeof accessConditionSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A Cedar policy of the steward's own; validated against the portal's Cedar schema before it is kept. */
export const cedarPolicySchema = z.looseObject({
  id: slugSchema,
  description: lineSchema.optional(),
  policy: z.string().regex(/\S/, 'Write the Cedar policy').max(20_000),
});
export type CedarPolicy = z.infer<typeof cedarPolicySchema>;

/** A validation rule in CEL over a product's descriptor and measured facts: true means that it holds. */
export const validationRuleSchema = z.looseObject({
  id: slugSchema,
  title: lineSchema,
  level: enforcementSchema,
  expression: z.string().regex(/\S/, 'Write the condition that has to hold').max(10_000),
  message: z.string().regex(/\S/, 'Say what is wrong and what to do').max(1000),
  /** Where in the descriptor: `spec.classification`. */
  path: z.string().max(200).optional(),
  /** Facts that the suite runs the rule with: a pass gives true, a fail gives false. */
  examples: z
    .object({
      pass: z.array(z.record(z.string(), z.unknown())).max(20).default([]),
      fail: z.array(z.record(z.string(), z.unknown())).max(20).default([]),
    })
    .optional(),
});
export type ValidationRule = z.infer<typeof validationRuleSchema>;

/** How often a rule of the compliance monitor runs, and how grave what it finds is (spec, "Compliance Monitoring"). */
export const monitoringRuleSchema = z.looseObject({
  rule: identifierSchema,
  frequency: scheduleSchema.optional(),
  threshold: enforcementSchema.optional(),
  enabled: z.boolean().optional(),
  /** Told to a higher person when nobody has acknowledged it for so long. */
  escalate_after: durationSchema.optional(),
  overridable: overridableSchema.optional(),
});
/** What holds of the monitor's rules where no policy speaks: the floor under every domain. */
export const MONITORED: Readonly<Record<string, { frequency: string; threshold: Enforcement }>> = {
  data_retention: { frequency: 'daily', threshold: 'warning' },
  access_control: { frequency: 'real_time', threshold: 'error' },
  data_quality: { frequency: 'hourly', threshold: 'warning' },
  encryption: { frequency: 'hourly', threshold: 'error' },
  classification_drift: { frequency: 'daily', threshold: 'warning' },
  ownership: { frequency: 'hourly', threshold: 'error' },
  validation: { frequency: 'hourly', threshold: 'warning' },
};
export type MonitoringRule = z.infer<typeof monitoringRuleSchema>;

/**
 * The global form (lists) and the domain form (a retention, a mode, quality numbers) of a policy. A domain
 * policy names its domain in `metadata.namespace` and may use the lists as well.
 */
export const policySpecSchema = z
  .looseObject({
    data_classification: distinctBy(classificationRuleSchema, 'level').optional(),
    access_control: z
      .union([z.enum(ACCESS_MODES), distinctBy(accessControlRuleSchema, 'role')])
      .optional(),
    data_quality: distinctBy(qualityRequirementSchema, 'metric').optional(),
    compliance: distinctBy(complianceRuleSchema, 'regulation').optional(),
    access_conditions: distinctBy(accessConditionSchema, 'id').optional(),
    cedar_policies: distinctBy(cedarPolicySchema, 'id').optional(),
    validation_rules: distinctBy(validationRuleSchema, 'id').optional(),
    monitoring: distinctBy(monitoringRuleSchema, 'rule').optional(),
    /** `two_people`: whoever drafted a version does not put it in force. */
    approval: z.enum(['one_person', 'two_people']).optional(),
    /** `approved_only`: products use tags of the vocabulary that a steward approved, and no new word. */
    tags: z.enum(['any', 'approved_only']).optional(),
    data_retention: durationSchema.optional(),
    quality_requirements: z
      .object({
        completeness: percentSchema.optional(),
        accuracy: percentSchema.optional(),
        consistency: percentSchema.optional(),
        freshness: durationThresholdSchema.optional(),
      })
      .catchall(thresholdSchema)
      .optional(),
  })
  .refine((spec) => Object.keys(spec).length > 0, {
    error:
      'A policy without a rule does nothing. Add data_classification, access_control or another',
  });

export const governancePolicySchema = z
  .looseObject({
    apiVersion: apiVersionSchema,
    kind: z.literal('DataGovernancePolicy'),
    metadata: metadataSchema,
    spec: policySpecSchema,
  })
  .superRefine((policy, context) => {
    if (policy.metadata.namespace !== undefined) return;
    for (const key of ['data_retention', 'quality_requirements', 'access_control'] as const) {
      const value = policy.spec[key];
      if (value === undefined || Array.isArray(value)) continue;
      const message = `This form of ${key} belongs to one domain. Add metadata.namespace, for example sales-domain, or write it as a list of rules`;
      context.addIssue({ code: 'custom', path: ['spec', key], message });
    }
  });
export type DataGovernancePolicy = z.infer<typeof governancePolicySchema>;

/** The domain a policy rules, or null for the whole organisation. */
export function policyDomain(policy: DataGovernancePolicy): string | null {
  const { namespace } = policy.metadata;
  return namespace === undefined ? null : domainOfNamespace(namespace);
}

/** A regulation's list of single requirements as one object: `{ data_minimization: true, … }`. */
export function requirementsOf(rule: ComplianceRule): Record<string, boolean | number | string> {
  return Object.assign({}, ...rule.requirements);
}
