import type { FieldType } from '@/lib/specs';

/** One engine's names for types that are ours too. */
const TYPES: Record<string, FieldType[]> = {
  int: ['integer', 'long'],
  integer: ['integer', 'long'],
  integertype: ['integer', 'long'],
  longtype: ['integer', 'long'],
  bigint: ['integer', 'long'],
  float: ['double', 'float', 'decimal'],
  float64: ['double', 'float', 'decimal'],
  floattype: ['double', 'float', 'decimal'],
  double_precision: ['double'],
  numeric: ['double', 'decimal'],
  decimal: ['double', 'decimal'],
  str: ['string'],
  string: ['string'],
  text: ['string'],
  varchar: ['string'],
  stringtype: ['string'],
  bool: ['boolean'],
  boolean: ['boolean'],
  booleantype: ['boolean'],
  datetime64: ['timestamp'],
  datetime: ['timestamp'],
  timestamp: ['timestamp'],
  timestamptype: ['timestamp'],
};

/** Our types behind the names of one engine; none when nobody else knows the names. */
export const typesNamed = (names: readonly unknown[]): FieldType[] => [
  ...new Set(names.flatMap((name) => TYPES[String(name).toLowerCase()] ?? [])),
];
