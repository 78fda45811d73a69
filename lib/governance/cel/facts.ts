import type { DataProduct, SchemaField } from '@/lib/specs';

/** What was measured about a product; a member that was not measured is left out, so that `has()` tells. */
export interface Measured {
  isLive?: boolean;
  rowCount?: number;
  sizeBytes?: number;
  /** Hours since the rows that are served were written. */
  ageHours?: number;
  isEncrypted?: boolean;
  /** Grants in force. */
  grants?: number;
  /** Share of good rows at the latest check, 0 to 100. */
  completeness?: number;
  accuracy?: number;
  consistency?: number;
}
export interface CelFacts {
  product: Record<string, unknown>;
  columns: Record<string, unknown>[];
  access: Record<string, unknown>[];
  quality: Record<string, unknown>[];
  measured: Record<string, unknown>;
}

type Kind = 'string' | 'bool' | 'int' | 'double' | 'list';
export interface FactField {
  type: Kind;
  about: string;
  /** May be absent: ask `has()` first. */
  isOptional?: true;
}
const text = (about: string): FactField => ({ type: 'string', about });
const flag = (about: string): FactField => ({ type: 'bool', about });
const number = (type: 'int' | 'double', about: string): FactField => ({
  type,
  about,
  isOptional: true,
});

/** Everything that a rule may look at: for the check, the editor's completion and the documentation. */
export const CEL_CATALOGUE = {
  product: {
    isList: false,
    about: 'The product as its document describes it',
    fields: {
      name: text('Its name, as in addresses'),
      domain: text('The name of its domain'),
      owner: text('The e-mail address of its owner'),
      classification: text('public, internal, confidential, restricted, or empty'),
      version: text('Its version, such as 1.0.0'),
      description: text('What it is, in a line'),
      documentation: text('Its documentation, Markdown'),
      tags: { type: 'list', about: 'Its tags' } as FactField,
      hasPersonalData: flag('Whether a column is marked as personal data'),
    },
  },
  columns: {
    isList: true,
    about: 'The columns of its schema, those of structs too',
    fields: {
      name: text('The column’s name; members of a struct as address.street'),
      type: text('string, long, timestamp, …'),
      description: text('What it means; empty when nobody says'),
      pii: flag('Marked as personal data'),
      required: flag('Never empty'),
      unique: flag('No value twice'),
      primaryKey: flag('Part of the key'),
    },
  },
  access: {
    isList: true,
    about: 'The roles that the document offers access to',
    fields: {
      role: text('The role'),
      permissions: { type: 'list', about: 'read, write, delete, manage' } as FactField,
    },
  },
  quality: {
    isList: true,
    about: 'The quality rules of the document',
    fields: {
      check: text('not_null, unique, range, …'),
      column: text('The column; empty for the whole table'),
      metric: text('completeness, accuracy, …; empty when it names none'),
      threshold: text('As written, such as 99%; empty when it names none'),
    },
  },
  measured: {
    isList: false,
    about: 'What the portal measured; a member is absent before its first measurement',
    fields: {
      isLive: { ...flag('It answers'), isOptional: true } as FactField,
      rowCount: number('int', 'Rows that are served'),
      sizeBytes: number('int', 'Bytes of its files'),
      ageHours: number('double', 'Hours since the rows were written'),
      isEncrypted: { ...flag('Every file is encrypted'), isOptional: true } as FactField,
      grants: number('int', 'Grants in force'),
      completeness: number('double', 'Share of good rows at the latest check, 0 to 100'),
      accuracy: number('double', 'The same for accuracy'),
      consistency: number('double', 'The same for consistency'),
    },
  },
} satisfies Record<string, { isList: boolean; about: string; fields: Record<string, FactField> }>;
export type CelRoot = keyof typeof CEL_CATALOGUE;

function flat(fields: readonly SchemaField[], prefix: string): SchemaField[] {
  return fields.flatMap((field) => [
    { ...field, name: `${prefix}${field.name}` },
    ...flat(field.fields ?? field.items?.fields ?? [], `${prefix}${field.name}.`),
  ]);
}

const INTS = new Set(['rowCount', 'sizeBytes', 'grants']);

/** CEL tells whole numbers from broken ones: counts are handed over as integers. */
function measuredFacts(measured: Measured): Record<string, unknown> {
  const given = Object.entries(measured).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => [key, INTS.has(key) ? BigInt(Math.round(Number(value))) : value]),
  );
}

export function celFacts(descriptor: DataProduct, measured: Measured = {}): CelFacts {
  const { metadata, spec } = descriptor;
  const columns = flat(spec.schema, '').map((field) => ({
    name: field.name,
    type: field.type,
    description: field.description ?? '',
    pii: field.pii ?? false,
    required: field.required ?? false,
    unique: field.unique ?? false,
    primaryKey: field.primaryKey ?? false,
  }));
  return {
    product: {
      name: metadata.name,
      domain: (metadata.namespace ?? '').replace(/-domain$/, ''),
      owner: spec.owner ?? '',
      classification: spec.classification ?? '',
      version: spec.version ?? '',
      description: spec.description ?? '',
      documentation: spec.documentation ?? '',
      tags: Array.isArray(spec.tags) ? spec.tags : [],
      hasPersonalData: columns.some((column) => column.pii),
    },
    columns,
    access: (spec.access ?? []).map(({ role, permissions }) => ({ role, permissions })),
    quality: (spec.quality ?? []).map((rule) => ({
      check: rule.check,
      column: rule.column ?? '',
      metric: rule.metric ?? '',
      threshold: rule.threshold === undefined ? '' : String(rule.threshold),
    })),
    measured: measuredFacts(measured),
  };
}

/** Facts of an example: what it leaves out is as in an ordinary product. */
export function exampleFacts(example: Record<string, unknown>): CelFacts {
  const part = (key: string) => (example[key] ?? {}) as Record<string, unknown>;
  const list = (key: string, blank: Record<string, unknown>) =>
    Array.isArray(example[key])
      ? (example[key] as Record<string, unknown>[])
          .slice(0, 100)
          .map((one) => ({ ...blank, ...one }))
      : [];
  const columns = list('columns', {
    name: 'column',
    type: 'string',
    description: '',
    pii: false,
    required: false,
    unique: false,
    primaryKey: false,
  });
  return {
    product: {
      name: 'orders',
      domain: 'sales',
      owner: 'owner@portolan.example',
      classification: 'internal',
      version: '1.0.0',
      description: 'An example',
      documentation: 'An example of a product.',
      tags: [],
      hasPersonalData: columns.some((column) => (column as { pii?: unknown }).pii === true),
      ...part('product'),
    },
    columns,
    access: list('access', { role: 'data_consumer', permissions: ['read'] }),
    quality: list('quality', { check: 'not_null', column: '', metric: '', threshold: '' }),
    measured: measuredFacts(part('measured') as Measured),
  };
}
