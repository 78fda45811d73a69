import { z } from 'zod';

/** Words that routes, files or people already use for something else. */
const RESERVED_NAMES = new Set(
  `new edit delete create api admin all me search settings index drafts null undefined true false global
  con prn aux nul com1 com2 com3 com4 lpt1 lpt2 lpt3 lpt4`.split(/\s+/),
);
const SEMVER =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const NAMESPACE_SUFFIX = '-domain';
export const MAX_COLUMN_NAME_LENGTH = 255;

const SLUG_HELP =
  'Use 2 to 63 lower-case letters, digits and single hyphens, starting with a letter, for example customer-orders';

/** The name of a domain or a product, as it stands in URLs, files and SQL. */
export const slugSchema = z
  .string()
  .min(2, SLUG_HELP)
  .max(63, SLUG_HELP)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, SLUG_HELP)
  .refine((name) => !RESERVED_NAMES.has(name), {
    error: (issue) => `"${String(issue.input)}" is a reserved word. Choose another name`,
  });

/** Catalogues of DuckDB itself: as a schema of the same name, "system.orders" could not be told from one of theirs. */
const ENGINE_NAMES = new Set(['memory', 'system', 'temp']);

/** A domain's own name: it may not end in `-domain`, because `sales-domain` is the namespace of `sales`. */
export const domainSlugSchema = slugSchema
  .refine((name) => !name.endsWith(NAMESPACE_SUFFIX), {
    error: 'A domain name does not end in "-domain". Leave the ending out, for example sales',
  })
  .refine((name) => !ENGINE_NAMES.has(name), {
    error: (issue) =>
      `"${String(issue.input)}" is a word of the query engine, and SQL writes products as domain.product. Choose another name, for example ${String(issue.input)}-team`,
  });

/** `sales-domain` and `sales` both name the domain `sales`. */
export function domainOfNamespace(namespace: string): string {
  return namespace.endsWith(NAMESPACE_SUFFIX) && namespace.length > NAMESPACE_SUFFIX.length + 1
    ? namespace.slice(0, -NAMESPACE_SUFFIX.length)
    : namespace;
}

export function namespaceOfDomain(domain: string): string {
  return `${domain}${NAMESPACE_SUFFIX}`;
}

/** Kinds, roles, metrics and templates: `data-analyst`, `data_lake`, `batch_analytics`. */
export const identifierSchema = z
  .string()
  .max(63, 'Use at most 63 characters')
  .regex(
    /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/,
    'Use lower-case letters, digits, hyphens and underscores, starting with a letter, for example data_lake',
  );

export const semverSchema = z
  .string()
  .max(64, 'Use at most 64 characters')
  .regex(SEMVER, 'Use a semantic version of three numbers, for example "1.0.0"');

/** Any printable text that DuckDB and Postgres can hold as a column name once it is quoted. */
export const columnNameSchema = z
  .string()
  .min(1, 'A column needs a name')
  .max(MAX_COLUMN_NAME_LENGTH, `Use at most ${MAX_COLUMN_NAME_LENGTH} characters`)
  .refine((name) => name.trim() === name, {
    error: 'A column name does not begin or end with a space. Remove it',
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
  .refine((name) => !/[\u0000-\u001f\u007f]/.test(name) && name.isWellFormed(), {
    error: 'A column name holds only printable characters. Remove tabs, line breaks and NUL',
  });
