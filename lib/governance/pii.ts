import type { DataProduct, SchemaField } from '@/lib/specs';

/** Columns, nested ones too, that are marked as personal data: `address.street`. */
export function fieldsWithPii(descriptor: DataProduct): string[] {
  return marked(descriptor.spec.schema, '');
}

function marked(fields: readonly SchemaField[], prefix: string): string[] {
  return fields.flatMap((field) => [
    ...(field.pii ? [`${prefix}${field.name}`] : []),
    ...marked(field.fields ?? field.items?.fields ?? [], `${prefix}${field.name}.`),
  ]);
}
