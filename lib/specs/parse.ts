import type { z } from 'zod';
import { dataPlatformSchema } from './data-platform';
import { dataProductSchema } from './data-product';
import { API_VERSION } from './document';
import { explainIssues } from './explain';
import { governancePolicySchema } from './governance-policy';
import type { SpecIssue } from './issue';
import { processingTemplateSchema } from './processing';
import { productTemplateSchema } from './product-template';
import { type Locate, readYaml } from './yaml-read';

const SCHEMAS = {
  DataProduct: dataProductSchema,
  DataPlatform: dataPlatformSchema,
  DataGovernancePolicy: governancePolicySchema,
  DataProductTemplate: productTemplateSchema,
  ProcessingTemplate: processingTemplateSchema,
} as const;

export type DocumentKind = keyof typeof SCHEMAS;
export type DocumentOf<K extends DocumentKind> = z.infer<(typeof SCHEMAS)[K]>;
export type SpecDocument = { [K in DocumentKind]: DocumentOf<K> }[DocumentKind];
export type ParseResult<D = SpecDocument> =
  | { ok: true; document: D }
  | { ok: false; issues: SpecIssue[] };

export const DOCUMENT_KINDS = Object.keys(SCHEMAS) as DocumentKind[];

/** Reads YAML (or JSON) text of any known kind. Never throws; every issue has its line, column and path. */
export function parseDocument(text: string): ParseResult {
  return parseText(text, DOCUMENT_KINDS);
}

/** Reads text that must be of one kind. */
export function parseDocumentAs<K extends DocumentKind>(
  kind: K,
  text: string,
): ParseResult<DocumentOf<K>> {
  return parseText(text, [kind]) as ParseResult<DocumentOf<K>>;
}

/** Checks a value that did not come as text, such as a form's; lines and columns of its issues are 0. */
export function checkDocumentAs<K extends DocumentKind>(
  kind: K,
  value: unknown,
): ParseResult<DocumentOf<K>> {
  return check(value, [kind]) as ParseResult<DocumentOf<K>>;
}

function parseText(text: string, kinds: readonly DocumentKind[]): ParseResult {
  const read = readYaml(text);
  return read.ok ? check(read.value, kinds, read.locate) : read;
}

function check(value: unknown, kinds: readonly DocumentKind[], locate?: Locate): ParseResult {
  const kind = kindOf(value, kinds);
  if (typeof kind !== 'string') {
    const place = locate?.(kind.path ? [kind.path] : []) ?? { line: 0, column: 0 };
    return { ok: false, issues: [{ ...kind, ...place }] };
  }
  const parsed = SCHEMAS[kind].safeParse(value);
  return parsed.success
    ? { ok: true, document: parsed.data }
    : { ok: false, issues: explainIssues(parsed.error, value, locate) };
}

function kindOf(
  value: unknown,
  kinds: readonly DocumentKind[],
): DocumentKind | { path: string; message: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      path: '',
      message: 'A document is a group of fields: apiVersion, kind, metadata, spec.',
    };
  }
  const { apiVersion, kind } = value as { apiVersion?: unknown; kind?: unknown };
  const known = kinds.find((one) => one === kind);
  if (!known) {
    const found = kind === undefined ? 'Missing.' : `${shown(kind)} is not a kind known here.`;
    return { path: 'kind', message: `${found} Write kind: ${kinds.join(', kind: ')}.` };
  }
  if (apiVersion !== API_VERSION) {
    const found = apiVersion === undefined ? 'Missing.' : `${shown(apiVersion)} is not supported.`;
    return { path: 'apiVersion', message: `${found} Write apiVersion: ${API_VERSION}.` };
  }
  return known;
}

function shown(value: unknown): string {
  return typeof value === 'object' ? 'This' : `"${String(value).slice(0, 60)}"`;
}
