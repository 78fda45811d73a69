type Fields = object | null | undefined;

const SECRET = /secret|password|token|hash|sealed|privatekey/i;
const MAX_FIELDS = 60;
const MAX_TEXT = 500;

/** Plain objects as `a.b.c`; everything else is a value. */
function leaves(fields: Fields, prefix = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (value === undefined) continue;
    const path = `${prefix}${name}`;
    const isGroup = value !== null && Object.getPrototypeOf(value) === Object.prototype;
    if (!isGroup) found.set(path, value);
    else for (const [inner, leaf] of leaves(value as object, `${path}.`)) found.set(inner, leaf);
  }
  return found;
}

function shown(path: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (SECRET.test(path)) return '(not written down)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= MAX_TEXT) return value;
  return `${text.slice(0, MAX_TEXT)}… (${text.length.toLocaleString('en')} characters)`;
}

/**
 * What a change did, for an audit row's `detail`: the fields that differ, as they were and as they are, groups as
 * `a.b`. A field that one side lacks is left out there; null stands for what was not there before, or is no more.
 */
export function changed(
  before: Fields,
  after: Fields,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const [was, is] = [leaves(before), leaves(after)];
  const paths = [...new Set([...was.keys(), ...is.keys()])].filter(
    (path) => JSON.stringify(was.get(path)) !== JSON.stringify(is.get(path)),
  );
  const pick = (from: Map<string, unknown>) =>
    Object.fromEntries(
      paths
        .slice(0, MAX_FIELDS)
        .filter((path) => from.has(path))
        .map((path) => [path, shown(path, from.get(path))]),
    );
  const more = paths.length - MAX_FIELDS;
  const rest = more > 0 ? { '…': `${more} more fields` } : {};
  return { before: pick(was), after: { ...pick(is), ...rest } };
}

export interface Difference {
  field: string;
  /** Undefined: it was not there. */
  before: unknown;
  after: unknown;
}

/** What the detail of an audit row says was changed, field by field; empty when it was no change. */
export function differencesOf(detail: Record<string, unknown>): Difference[] {
  const { before, after } = detail;
  const isGroup = (value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value);
  if (!isGroup(before) && !isGroup(after)) return [];
  const [was, is] = [before, after].map((side) => leaves(isGroup(side) ? (side as object) : null));
  return [...new Set([...was!.keys(), ...is!.keys()])].map((field) => ({
    field,
    before: shown(field, was!.get(field)),
    after: shown(field, is!.get(field)),
  }));
}
