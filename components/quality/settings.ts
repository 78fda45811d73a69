/** One setting of a check, read from the JSON Schema of its settings. */
export interface Setting {
  key: string;
  label: string;
  kind: 'text' | 'number' | 'flag' | 'choice' | 'list' | 'json' | 'long';
  choices: string[];
  isRequired: boolean;
}
interface JsonSchema {
  type?: string;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/** Settings that the dialog asks for in its own way. */
const OWN = new Set(['threshold', 'enforcement', 'where']);
const WORDS: Record<string, string> = {
  min: 'At least',
  max: 'At most',
  isMinStrict: 'The least value itself is not allowed',
  isMaxStrict: 'The greatest value itself is not allowed',
  maxAge: 'Greatest age',
  maxAgeHours: 'Greatest age in hours',
  sql: 'SELECT over "data"',
  productColumn: 'Column of the other product',
  other: 'Other column',
};

const wordsOf = (key: string) => {
  const text = key.replace(/([A-Z])/g, ' $1').toLowerCase();
  return WORDS[key] ?? text.charAt(0).toUpperCase() + text.slice(1);
};

function kindOf(key: string, schema: JsonSchema): Setting['kind'] {
  if (key === 'sql') return 'long';
  if (schema.enum) return 'choice';
  const types = (schema.anyOf ?? [schema]).map((one) => one.type);
  if (types.includes('object')) return 'json';
  if (types.includes('array')) return simpleItems(schema) ? 'list' : 'json';
  if (types.includes('boolean')) return 'flag';
  if (types.includes('string')) return 'text';
  return types.includes('number') || types.includes('integer') ? 'number' : 'text';
}
const simpleItems = ({ items }: JsonSchema) => items?.type !== 'array' && items?.type !== 'object';

export function settingsOf(schema: unknown): Setting[] {
  const { properties = {}, required = [] } = schema as JsonSchema;
  return Object.entries(properties)
    .filter(([key]) => !OWN.has(key))
    .map(([key, one]) => ({
      key,
      label: wordsOf(key),
      kind: kindOf(key, one),
      choices: (one.enum ?? []).map(String),
      isRequired: required.includes(key),
    }));
}

/** Numbers stay numbers; anything else, a date for instance, stays text. */
const scalar = (text: string): string | number =>
  /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text.trim();

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What was typed as settings, or what is wrong with it. */
export function readSettings(
  settings: readonly Setting[],
  texts: Readonly<Record<string, string>>,
): { config: Record<string, Json> } | { problem: string } {
  const config: Record<string, Json> = {};
  for (const { key, kind, label } of settings) {
    const text = texts[key]?.trim() ?? '';
    if (text === '') continue;
    if (kind === 'flag') config[key] = text === 'true';
    else if (kind === 'number') {
      if (!Number.isFinite(Number(text))) return { problem: `${label} is a number.` };
      config[key] = Number(text);
    } else if (kind === 'list') {
      config[key] = text.split(',').map(scalar);
    } else if (kind === 'json') {
      try {
        config[key] = JSON.parse(text) as Json;
      } catch {
        return { problem: `${label} is written as JSON, for example {"name": "domain/product"}.` };
      }
    } else config[key] = key === 'min' || key === 'max' ? scalar(text) : text;
  }
  return { config };
}
