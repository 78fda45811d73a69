export const FIELD_TYPES = [
  'string',
  'integer',
  'long',
  'decimal',
  'double',
  'float',
  'boolean',
  'date',
  'time',
  'timestamp',
  'binary',
  'json',
  'array',
  'struct',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** One column of a data product, or one member of a struct. */
export interface SchemaField {
  name: string;
  type: FieldType;
  description?: string;
  pii?: boolean;
  primaryKey?: boolean;
  required?: boolean;
  unique?: boolean;
  /** Digits of a decimal, 1 to 38. */
  precision?: number;
  scale?: number;
  /** A timestamp that knows its zone. */
  timezone?: boolean;
  /** What an array holds. */
  items?: FieldShape;
  /** The members of a struct. */
  fields?: SchemaField[];
  [extension: string]: unknown;
}

/** A field's type without its name: what an array holds, what SQL reports. */
export type FieldShape = Pick<
  SchemaField,
  'type' | 'precision' | 'scale' | 'timezone' | 'items' | 'fields'
>;
