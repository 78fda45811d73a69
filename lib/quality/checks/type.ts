import { z } from 'zod';
import { FIELD_TYPES } from '@/lib/specs';
import { defineCheck } from './define-check';

export const columnType = defineCheck({
  title: 'Type of a column',
  dimension: 'accuracy',
  needsColumn: true,
  config: z.looseObject({ types: z.array(z.enum(FIELD_TYPES)).min(1) }),
  compile: ({ type, config }) => ({
    kind: 'schema',
    ok: type !== null && config.types.includes(type),
    value: 1,
  }),
  describe: (column, { types }) => `${column} is of type ${types.join(' or ')}`,
});
