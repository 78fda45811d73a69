import { printPath } from '@/lib/specs';
import { headSchema, type OpenSloKind, specOf } from './schema';

export interface OpenSloIssue {
  /** `[1].spec.conditions[0].conditionRef`; the object's place first where the document is a list. */
  path: string;
  severity: 'error' | 'warning';
  message: string;
}
interface Found {
  issues: OpenSloIssue[];
  /** What is defined, as `Kind name`. */
  defined: Set<string>;
  references: { path: PropertyKey[]; target: string }[];
}
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const REFERENCES: Record<string, OpenSloKind> = {
  conditionRef: 'AlertCondition',
  targetRef: 'AlertNotificationTarget',
  alertPolicyRef: 'AlertPolicy',
  indicatorRef: 'SLI',
  sliRef: 'SLI',
};

/**
 * Checks OpenSLO objects, one or a list, as they were read from YAML or JSON. Names that are no RFC 1123 label are
 * warnings: real documents have them.
 * @param options.isWhole true where nothing else is at hand: then every reference has to lead to something here
 */
export function checkOpenSlo(value: unknown, options: { isWhole?: boolean } = {}): OpenSloIssue[] {
  const found: Found = { issues: [], defined: new Set(), references: [] };
  const list = Array.isArray(value) ? value : [value];
  for (const [index, one] of list.entries()) {
    checkObject(one, Array.isArray(value) ? [index] : [], found);
  }
  if (list.length === 0) say(found, [], 'error', 'There is no object here.');
  if (options.isWhole) {
    for (const { path, target } of found.references) {
      if (!found.defined.has(target)) say(found, path, 'error', `There is no ${target} here.`);
    }
  }
  return found.issues;
}

function say(
  found: Found,
  path: readonly PropertyKey[],
  severity: OpenSloIssue['severity'],
  message: string,
): void {
  found.issues.push({ path: printPath(path), severity, message });
}

function checkObject(value: unknown, at: PropertyKey[], found: Found): void {
  const head = headSchema.safeParse(value);
  if (!head.success) {
    for (const issue of head.error.issues)
      say(found, [...at, ...issue.path], 'error', issue.message);
    return;
  }
  const { kind, metadata, spec } = head.data;
  const key = `${kind} ${metadata.name}`;
  found.defined.add(key);
  if (!LABEL.test(metadata.name)) {
    const message = 'Use lower-case letters, digits and hyphens, at most 63 (RFC 1123).';
    say(found, [...at, 'metadata', 'name'], 'warning', message);
  }
  const parsed = specOf(kind).safeParse(spec);
  for (const issue of parsed.error?.issues ?? []) {
    say(found, [...at, 'spec', ...issue.path], 'error', issue.message);
  }
  collect(spec, [...at, 'spec'], found);
}

/** References, and objects that stand inline, wherever they are. */
function collect(value: unknown, path: PropertyKey[], found: Found): void {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) collect(one, [...path, index], found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    const kind = REFERENCES[key];
    if (kind && typeof one === 'string') {
      found.references.push({ path: [...path, key], target: `${kind} ${one}` });
    } else {
      collect(one, [...path, key], found);
    }
  }
}
