import { z } from 'zod';
import { type DataGovernancePolicy, governancePolicySchema } from '@/lib/specs';

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

const SCHEMA = z.toJSONSchema(governancePolicySchema, {
  unrepresentable: 'any',
  io: 'input',
}) as JsonSchema;

/** The document's shape as JSON Schema: what the editor completes from. */
export const policyJsonSchema = (): JsonSchema => SCHEMA;

/**
 * Keys below `spec` that no rule reads. They are kept, but a mistyped key is a rule that does not hold.
 */
export function unknownKeys(document: DataGovernancePolicy): (string | number)[][] {
  return walk(document.spec, SCHEMA.properties?.spec, ['spec']);
}

function walk(
  value: unknown,
  schema: JsonSchema | undefined,
  path: (string | number)[],
): (string | number)[][] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    const shape = [schema, ...(schema.anyOf ?? [])].find((one) => one.items);
    return value.flatMap((entry, index) => walk(entry, shape?.items, [...path, index]));
  }
  const { properties } = schema;
  if (typeof value !== 'object' || value === null || !properties) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key in properties ? walk(inner, properties[key], [...path, key]) : [[...path, key]],
  );
}
