import { z } from 'zod';
import { FIELD_TYPES, type FieldShape, type FieldType, type SchemaField } from './field-types';
import { columnNameSchema } from './names';

const MAX_COLUMNS = 2000;

/** What people write in other systems, and what it is called here. */
const SYNONYMS = new Map<string, FieldType>(
  Object.entries({
    varchar: 'string',
    text: 'string',
    char: 'string',
    uuid: 'string',
    int: 'integer',
    int32: 'integer',
    smallint: 'integer',
    bigint: 'long',
    int64: 'long',
    number: 'double',
    numeric: 'decimal',
    real: 'float',
    bool: 'boolean',
    datetime: 'timestamp',
    timestamptz: 'timestamp',
    bytes: 'binary',
    blob: 'binary',
    jsonb: 'json',
    object: 'struct',
    record: 'struct',
    list: 'array',
  } satisfies Record<string, FieldType>),
);

export const fieldTypeSchema = z.enum(FIELD_TYPES, {
  error: (issue) => {
    const synonym =
      typeof issue.input === 'string' ? SYNONYMS.get(issue.input.toLowerCase()) : undefined;
    return synonym
      ? `"${String(issue.input)}" is called "${synonym}" here. Write ${synonym}`
      : undefined;
  },
});

const shape = {
  type: fieldTypeSchema,
  description: z.string().max(2000).optional(),
  precision: z.int().min(1).max(38).optional(),
  scale: z.int().min(0).max(38).optional(),
  timezone: z.boolean().optional(),
  items: z.lazy((): z.ZodType<FieldShape> => itemSchema).optional(),
  fields: z.lazy((): z.ZodType<SchemaField[]> => fieldListSchema).optional(),
};

export const schemaFieldSchema: z.ZodType<SchemaField> = z
  .looseObject({
    name: columnNameSchema,
    ...shape,
    pii: z.boolean().optional(),
    primaryKey: z.boolean().optional(),
    required: z.boolean().optional(),
    unique: z.boolean().optional(),
  })
  .superRefine(checkShape);

const itemSchema: z.ZodType<FieldShape> = z.looseObject(shape).superRefine(checkShape);

/** A list of columns whose names differ by more than case, as DuckDB demands. */
export const fieldListSchema: z.ZodType<SchemaField[]> = z
  .array(schemaFieldSchema)
  .min(1, 'Name at least one field')
  .max(MAX_COLUMNS, `Use at most ${MAX_COLUMNS} fields`)
  .superRefine((fields, context) => {
    const seen = new Map<string, number>();
    fields.forEach((field, index) => {
      const key = field.name.toLowerCase();
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else {
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `"${field.name}" is also the name of field ${first + 1}; upper and lower case count as the same. Rename one`,
        });
      }
    });
  });

function checkShape(field: FieldShape, context: z.RefinementCtx): void {
  const complain = (key: string, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message });
  if (field.type === 'array' && !field.items) {
    complain(
      'items',
      'An array says what it holds. Add items, for example items: { type: string }',
    );
  }
  if (field.type === 'struct' && !field.fields) {
    complain('fields', 'A struct names its members. Add fields with a name and a type each');
  }
  if (field.type !== 'array' && field.items) {
    complain('items', `Only an array has items, and this is "${field.type}". Remove items`);
  }
  if (field.type !== 'struct' && field.fields) {
    complain('fields', `Only a struct has fields, and this is "${field.type}". Remove fields`);
  }
  if (field.scale !== undefined && field.scale > (field.precision ?? 18)) {
    complain('scale', 'The scale is larger than the precision. Make it smaller');
  }
}
