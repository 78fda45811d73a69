import type { z } from 'zod';
import { type PathSegment, printPath, type SpecIssue } from './issue';
import type { Locate } from './yaml-read';

type ZodIssue = z.core.$ZodIssue;

const TYPE_NAMES = new Map<string, string>([
  ['string', 'text'],
  ['object', 'a group of named fields'],
  ['record', 'a group of named fields'],
  ['array', 'a list'],
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
]);
const MAX_ISSUES = 50;

/** Zod's issues in words that say what to do, each with its place in the text. */
export function explainIssues(error: z.ZodError, input: unknown, locate?: Locate): SpecIssue[] {
  return error.issues
    .slice(0, MAX_ISSUES)
    .flatMap((issue) => flatten(issue, []))
    .map(({ issue, path }) => {
      const place = locate ? locate(path) : { line: 0, column: 0 };
      const message = describe(issue, valueAt(input, path));
      return {
        path: printPath(path),
        ...place,
        message: /[.?]$/.test(message) ? message : `${message}.`,
      };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** A union's issue becomes those of the branch that came furthest. */
function flatten(
  issue: ZodIssue,
  prefix: PathSegment[],
): { issue: ZodIssue; path: PathSegment[] }[] {
  const path = [...prefix, ...(issue.path as PathSegment[])];
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors.find((branch) => branch.some((one) => one.path.length > 0));
    if (deepest) return deepest.flatMap((one) => flatten(one as ZodIssue, path));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.flatMap((one) => flatten({ ...one, path: [] } as ZodIssue, path));
  }
  return [{ issue, path }];
}

function describe(issue: ZodIssue, value: unknown): string {
  if (value === undefined && issue.code !== 'custom') return `Missing. Add ${expectation(issue)}`;
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return wrongType(issue, value);
    case 'invalid_value':
      return issue.message.startsWith('Invalid')
        ? `${show(value)} is not known here. Use ${expectation(issue)}`
        : issue.message;
    case 'too_big':
      return issue.message.startsWith('Too big')
        ? `Too ${amount(issue.origin)}. Use at most ${issue.maximum} ${unitOf(issue.origin)}`.trimEnd()
        : issue.message;
    case 'too_small':
      return issue.message.startsWith('Too small')
        ? `Too little. Use at least ${issue.minimum} ${unitOf(issue.origin)}`.trimEnd()
        : issue.message;
    default:
      return issue.message;
  }
}

function wrongType(issue: ZodIssue, value: unknown): string {
  const found = `${show(value)} is ${nameOf(value)}`;
  const expected = expectation(issue);
  const hint =
    expected === 'text' && typeof value !== 'object' ? `, for example "${value}" in quotes` : '';
  return `${found}, but ${expected} is needed. Write ${expected}${hint}`;
}

function expectation(issue: ZodIssue): string {
  if (issue.code === 'invalid_type') return TYPE_NAMES.get(issue.expected) ?? issue.expected;
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  if (issue.code === 'invalid_union') {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
    if (options.length > 0) return oneOf(options.map(String));
    const branches = issue.errors.flatMap((branch) => branch.slice(0, 1));
    const names = branches.map((branch) => expectation(branch as ZodIssue));
    return names.length > 0 ? [...new Set(names)].join(' or ') : 'one of the known kinds';
  }
  return 'a value';
}

function oneOf(values: string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
}

function amount(origin: string): string {
  return origin === 'string' ? 'long' : origin === 'array' || origin === 'set' ? 'many' : 'large';
}

function unitOf(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' || origin === 'set' ? 'entries' : '';
}

function nameOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return TYPE_NAMES.get(typeof value) ?? typeof value;
}

function show(value: unknown): string {
  if (value === null) return 'This empty value';
  if (typeof value === 'object') return 'This';
  const text = String(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

function valueAt(input: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
        ? (value as Record<PathSegment, unknown>)[segment]
        : undefined,
    input,
  );
}
