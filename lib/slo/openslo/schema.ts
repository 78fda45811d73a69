import { z } from 'zod';

/** OpenSLO's shorthand: minutes, hours, days, weeks, months, quarters, years. */
const duration = z
  .string()
  .regex(/^[1-9]\d*[mhdwMQY]$/, 'Use a length of time such as 5m, 1h, 30d or 1M');
const text = z.string().min(1, 'This is empty');
const description = z.string().max(1050, 'Use at most 1,050 characters').optional();
/** Kubernetes' form: one value, or a list as v1 has it. */
const labels = z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional();
const metadata = z.looseObject({
  name: text,
  displayName: z.string().optional(),
  labels,
  annotations: z.record(z.string(), z.string()).optional(),
});
const anything = z.looseObject({});

const metricSource = z.looseObject({
  metricSourceRef: text.optional(),
  type: text.optional(),
  spec: anything,
});
/** v1 has `metricSource`, v2 says where beside the query. */
const metric = z
  .looseObject({
    metricSource: metricSource.optional(),
    dataSourceRef: text.optional(),
    dataSourceSpec: anything.optional(),
    spec: anything.optional(),
  })
  .refine((one) => one.metricSource || one.dataSourceRef || one.dataSourceSpec, {
    error: 'Say where the metric comes from',
  });
const ratioMetric = z
  .looseObject({
    counter: z.boolean().optional(),
    good: metric.optional(),
    bad: metric.optional(),
    total: metric.optional(),
    raw: metric.optional(),
  })
  .refine((one) => one.raw || (one.total && (one.good || one.bad)), {
    error: 'Give total with good or bad, or raw',
  });
const sliSpec = z
  .looseObject({
    description,
    thresholdMetric: metric.optional(),
    ratioMetric: ratioMetric.optional(),
  })
  .refine((one) => Boolean(one.thresholdMetric) !== Boolean(one.ratioMetric), {
    error: 'Give thresholdMetric or ratioMetric, one of them',
  });

const conditionSpec = z.looseObject({
  description,
  severity: text,
  condition: z.looseObject({
    kind: z.literal('burnrate', 'OpenSLO knows the condition burnrate'),
    op: z.enum(['lte', 'gte', 'lt', 'gt']),
    threshold: z.number(),
    lookbackWindow: duration,
    alertAfter: duration,
  }),
});
const targetSpec = z.looseObject({ description, target: text });
const inline = <Kind extends string, Spec extends z.ZodType>(kind: Kind, spec: Spec) =>
  z.looseObject({ kind: z.literal(kind), metadata, spec });
const policySpec = z.looseObject({
  description,
  alertWhenNoData: z.boolean().optional(),
  alertWhenResolved: z.boolean().optional(),
  alertWhenBreaching: z.boolean().optional(),
  conditions: z
    .array(
      z.union([z.looseObject({ conditionRef: text }), inline('AlertCondition', conditionSpec)]),
    )
    .length(1, 'OpenSLO allows one condition in a policy'),
  notificationTargets: z.array(
    z.union([z.looseObject({ targetRef: text }), inline('AlertNotificationTarget', targetSpec)]),
  ),
});

const timeWindow = z
  .looseObject({
    duration,
    isRolling: z.boolean().default(false),
    calendar: z
      .looseObject({
        startTime: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'Use 2026-01-31 12:00:00'),
        timeZone: text,
      })
      .optional(),
  })
  .refine((one) => one.isRolling || one.calendar, { error: 'A calendar window needs calendar' });
const objective = z.looseObject({
  displayName: z.string().optional(),
  op: z.enum(['lte', 'gte', 'lt', 'gt']).optional(),
  value: z.number().optional(),
  target: z.number().gt(0).lt(1, 'A target lies between 0 and 1').optional(),
  targetPercent: z.number().gt(0).lt(100).optional(),
  timeSliceTarget: z.number().gt(0).lte(1).optional(),
  timeSliceWindow: duration.optional(),
});
const inlineSli = z.looseObject({ metadata: metadata.optional(), spec: sliSpec });

const sloSpec = z
  .looseObject({
    description,
    service: text.optional(),
    serviceRef: text.optional(),
    indicator: inlineSli.optional(),
    indicatorRef: text.optional(),
    sli: inlineSli.optional(),
    sliRef: text.optional(),
    timeWindow: z.array(timeWindow).length(1, 'OpenSLO allows one time window').optional(),
    budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']).optional(),
    objectives: z.array(objective).min(1, 'An SLO needs an objective').optional(),
    alertPolicies: z
      .array(
        z.union([
          z.looseObject({ alertPolicyRef: text }),
          inline('AlertPolicy', policySpec),
          z.looseObject({ targetRef: text }),
        ]),
      )
      .nullish(),
  })
  .superRefine((spec, context) => {
    const say = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (!spec.service && !spec.serviceRef) say(['service'], 'Name the service');
    const indicators = [spec.indicator, spec.indicatorRef, spec.sli, spec.sliRef].filter(Boolean);
    const carried = spec.objectives?.filter((one) => 'indicator' in one || 'ratioMetrics' in one);
    if (indicators.length !== 1 && !carried?.length) say(['indicator'], 'Give one indicator');
    const isSliced = spec.budgetingMethod?.endsWith('imeslices') ?? false;
    spec.objectives?.forEach((one, index) => {
      if (isSliced && !one.timeSliceWindow) {
        say(['objectives', index, 'timeSliceWindow'], 'Time slices need a window');
      }
      if (spec.budgetingMethod === 'Timeslices' && one.timeSliceTarget === undefined) {
        say(['objectives', index, 'timeSliceTarget'], 'Time slices need a target');
      }
    });
  });

const SPECS = {
  Service: z.looseObject({ description }).optional(),
  SLI: sliSpec,
  SLO: sloSpec,
  DataSource: z.looseObject({
    description,
    type: text,
    connectionDetails: z.union([anything, z.array(anything)]).optional(),
  }),
  AlertPolicy: policySpec,
  AlertCondition: conditionSpec,
  AlertNotificationTarget: targetSpec,
} as const;
export type OpenSloKind = keyof typeof SPECS;
const KINDS = Object.keys(SPECS) as [OpenSloKind, ...OpenSloKind[]];

export const headSchema = z.looseObject({
  apiVersion: z.enum(
    ['openslo/v1alpha', 'openslo/v1beta1', 'openslo/v1', 'openslo.com/v2alpha'],
    'Use openslo/v1',
  ),
  kind: z.enum(KINDS, `Use one of ${KINDS.join(', ')}`),
  metadata,
});
export const specOf = (kind: OpenSloKind): z.ZodType => SPECS[kind];
