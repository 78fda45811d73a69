import { z } from 'zod';
import {
  accessRuleSchema,
  lineageSchema,
  outputPortSchema,
  qualityRuleSchema,
  sloSchema,
} from './data-product';
import {
  apiVersionSchema,
  classificationSchema,
  lineSchema,
  proseSchema,
  tagsSchema,
  templateMetadataSchema,
} from './document';
import { identifierSchema } from './names';
import { pipelineSchema } from './processing';

/** Values a new product starts with; any part of a product's `spec` may stand here. */
const defaultsSchema = z.looseObject({
  classification: classificationSchema.optional(),
  slo: sloSchema.optional(),
  access: z.array(accessRuleSchema).optional(),
  lineage: lineageSchema.optional(),
  tags: tagsSchema.optional(),
  quality: z.array(qualityRuleSchema).optional(),
  outputPorts: z.array(outputPortSchema).optional(),
  processing: pipelineSchema.optional(),
});

/** A data product template names the kinds it needs; the platform document says what provides them. */
export const productTemplateSchema = z.looseObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('DataProductTemplate'),
  metadata: templateMetadataSchema,
  spec: z.looseObject({
    title: lineSchema,
    description: proseSchema,
    storage: identifierSchema,
    processing: identifierSchema,
    serving: identifierSchema,
    governance: identifierSchema,
    /** The processing template a product's pipeline is built from. */
    processingTemplate: identifierSchema.optional(),
    defaults: defaultsSchema.optional(),
  }),
});
export type DataProductTemplate = z.infer<typeof productTemplateSchema>;
