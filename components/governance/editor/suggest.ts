/** As much of JSON Schema as completion needs. */
export interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  type?: string | string[];
  description?: string;
}
interface Suggestion {
  label: string;
  type: 'property' | 'enum';
  apply: string;
}

const branches = (schema: JsonSchema | undefined): JsonSchema[] =>
  schema ? [schema, ...(schema.anyOf ?? []).flatMap(branches)] : [];

const KEY = /^(\s*)((?:- )*)([\w-]+):/;

/**
 * The keys above the last line of a block-style YAML text, outermost first, by indentation; `[]` stands for an
 * entry of a list.
 */
export function pathAt(before: string): { path: string[]; key: string | null } {
  const lines = before.split('\n');
  const last = lines.at(-1) ?? '';
  const dashes = /^(\s*)((?:- )*)/.exec(last);
  const lastKey = /^\s*(?:- )*([\w-]+):\s/.exec(last)?.[1] ?? null;
  let indent = (dashes?.[1]?.length ?? 0) + (dashes?.[2]?.length ?? 0);
  const path: string[] = dashes?.[2] ? ['[]'] : [];
  let parentIndent = dashes?.[2] ? (dashes[1]?.length ?? 0) + 0.5 : indent;
  for (const line of lines.slice(0, -1).reverse()) {
    const found = KEY.exec(line);
    if (!found) continue;
    const [, space = '', dash = '', key = ''] = found;
    const at = space.length + dash.length;
    if (path[0] !== '[]' && at === indent && dash) {
      path.unshift('[]');
      parentIndent = space.length + 0.5;
      indent = at;
      continue;
    }
    if (at >= parentIndent) continue;
    path.unshift(key);
    indent = at;
    parentIndent = at;
    if (dash) {
      path.unshift('[]');
      parentIndent = space.length + 0.5;
    }
  }
  return { path, key: lastKey };
}

function resolve(schema: JsonSchema, path: readonly string[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (all, step) =>
      all
        .flatMap(branches)
        .flatMap((one) => (step === '[]' ? (one.items ?? []) : (one.properties?.[step] ?? []))),
    [schema],
  );
}

/** What may stand where the text ends: keys of the group, or the values of the key on this line. */
export function suggestionsAt(before: string, schema: JsonSchema): Suggestion[] {
  const { path, key } = pathAt(before);
  const groups = resolve(schema, path).flatMap(branches);
  if (key === null) {
    const keys = new Set(groups.flatMap((one) => Object.keys(one.properties ?? {})));
    return [...keys].map((label) => ({ label, type: 'property', apply: `${label}: ` }));
  }
  const values = groups
    .flatMap((one) => branches(one.properties?.[key]))
    .flatMap((one) => [one, ...branches(one.items)])
    .flatMap((one) => [
      ...(one.enum ?? []),
      ...(one.const === undefined ? [] : [one.const]),
      ...(one.type === 'boolean' ? [true, false] : []),
    ]);
  return [...new Set(values.map(String))].map((label) => ({ label, type: 'enum', apply: label }));
}
