import { z } from 'zod';
import {
  apiVersionSchema,
  classificationSchema,
  durationSchema,
  durationThresholdSchema,
  enforcementSchema,
  lineSchema,
  metadataSchema,
  percentSchema,
  permissionsSchema,
  thresholdSchema,
} from './document';
import { domainOfNamespace, identifierSchema } from './names';

export const ACCESS_MODES = ['role_based', 'attribute_based', 'strict_role_based'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

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
});

export const accessControlRuleSchema = z.looseObject({
  role: identifierSchema,
  permissions: permissionsSchema,
  data_access: z.array(classificationSchema).min(1, 'Name at least one classification'),
});

export const qualityRequirementSchema = z.looseObject({
  metric: identifierSchema,
  threshold: thresholdSchema,
  enforcement: enforcementSchema,
});

const requirementSchema = z.record(
  identifierSchema,
  z.union([z.boolean(), z.number(), z.string().max(500)]),
);
export const complianceRuleSchema = z.looseObject({
  regulation: identifierSchema,
  requirements: z.array(requirementSchema).min(1, 'Name at least one requirement').max(100),
});
export type ComplianceRule = z.infer<typeof complianceRuleSchema>;

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
