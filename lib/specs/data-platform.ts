import { z } from 'zod';
import { apiVersionSchema, configurationSchema, metadataSchema } from './document';
import { identifierSchema } from './names';

/** One piece of infrastructure. `satisfies` lists further kinds, as templates name them, that it stands in for. */
export const platformEntrySchema = z.looseObject({
  type: identifierSchema,
  provider: identifierSchema,
  configuration: configurationSchema.optional(),
  satisfies: z.array(identifierSchema).max(50).optional(),
});
export type PlatformEntry = z.infer<typeof platformEntrySchema>;

const entries = z.array(platformEntrySchema).min(1, 'Name at least one').max(50);

export const dataPlatformSchema = z.looseObject({
  apiVersion: apiVersionSchema,
  kind: z.literal('DataPlatform'),
  metadata: metadataSchema,
  spec: z.looseObject({
    storage: entries,
    processing: entries,
    serving: entries,
    governance: entries.optional(),
  }),
});
export type DataPlatform = z.infer<typeof dataPlatformSchema>;
