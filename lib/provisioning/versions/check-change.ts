import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type Ctx,
  db,
  forbidden,
  isAppError,
  notFound,
  precondition,
  requireCan,
} from '@/lib/core';
import { type Finding, mayReadWhole, resolveTags, validateProduct } from '@/lib/governance';
import type { EtlSpec } from '@/lib/platform';
import {
  bumped,
  type ContractDiff,
  compareVersions,
  diffContracts,
} from '@/lib/products/contract-diff';
import { draftOf } from '@/lib/products/draft-of-descriptor';
import { requireRuleSources } from '@/lib/quality';
import { type DataProduct, formatIssue, parseDocumentAs } from '@/lib/specs';
import { requireInputs } from '../require-inputs';
import { etlOf } from './etl-of';
import { type Impact, impactOf } from './impact';

export const CheckChangeInput = z.object({
  productId: z.string().min(1).max(100),
  yaml: z.string().min(1, 'Write the contract').max(1_000_000, 'Use a document of at most 1 MB'),
});
export type CheckChangeInput = z.input<typeof CheckChangeInput>;

export interface ChangeIssue {
  line: number;
  column: number;
  message: string;
}

export interface ChangeCheck {
  /** What keeps the change from being proposed. */
  issues: ChangeIssue[];
  baseVersion: string;
  /** The version that it will have; null while it cannot be proposed or changes nothing. */
  version: string | null;
  diff: ContractDiff;
  impact: Impact;
  findings: Finding[];
}

const NOTHING: ContractDiff = { changes: [], renames: [], bump: null };

/** @throws AppError not_found | forbidden */
export async function loadEdited(ctx: Ctx, productId: string) {
  const product = await db().product.findUnique({
    where: { id: productId },
    include: { domain: { select: { name: true, title: true } }, pipeline: true },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.edit', product);
  if (!(await mayReadWhole(ctx, { ...product, domain: product.domain.name }))) {
    throw forbidden(
      'A contract holds what its rules were told by the data, and you may not read this product. Ask its owner to change it.',
    );
  }
  return product;
}
type Edited = Awaited<ReturnType<typeof loadEdited>>;

export interface CheckedChange extends ChangeCheck {
  document: DataProduct | null;
  etl: EtlSpec | null;
}

/**
 * What a changed contract would mean: what is wrong with it, what changes, the version it demands, who is hit, what
 * the policies say. Nothing is written.
 * @throws AppError not_found | forbidden | precondition when the product is not live
 */
export async function checkChange(ctx: Ctx, raw: CheckChangeInput): Promise<ChangeCheck> {
  const { productId, yaml } = CheckChangeInput.parse(raw);
  const {
    document: _,
    etl: __,
    ...check
  } = await examine(ctx, await loadEdited(ctx, productId), yaml);
  return check;
}

export async function examine(ctx: Ctx, product: Edited, yaml: string): Promise<CheckedChange> {
  if (product.status !== 'production') {
    throw precondition(
      `The product is ${product.status}. Only what is in production has a contract to change.`,
    );
  }
  const baseVersion = product.version;
  const empty = { baseVersion, version: null, diff: NOTHING, findings: [] };
  const parsed = parseDocumentAs('DataProduct', yaml);
  if (!parsed.ok) {
    const issues = parsed.issues.map((issue) => ({
      line: Math.max(issue.line, 1),
      column: Math.max(issue.column, 1),
      message: formatIssue(issue),
    }));
    const impact = await impactOf(ctx, product, []);
    return { ...empty, impact, issues, document: null, etl: null };
  }
  const current = product.descriptor as unknown as DataProduct;
  const { document, problem } = await withTags(parsed.document, product);
  const diff = diffContracts(current, document);
  const issues = [...fixedParts(current, document), ...versionIssue(baseVersion, document, diff)];
  if (problem) issues.push(issueOf(problem));
  const etl = await readable(ctx, product, document).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    issues.push(issueOf(error.message));
    return null;
  });
  const version = versionOf(baseVersion, document, diff);
  const [impact, findings] = await Promise.all([
    impactOf(ctx, product, diff.changes),
    validateProduct({ descriptor: document, domain: product.domain.name, productId: product.id }),
  ]);
  const isReady = issues.length === 0 && etl !== null;
  return {
    ...{ issues, baseVersion, diff, impact, findings, etl },
    version: isReady ? version : null,
    document: version ? { ...document, spec: { ...document.spec, version } } : document,
  };
}

/** Its tags as the vocabulary writes them. */
async function withTags(document: DataProduct, product: Edited) {
  if (!document.spec.tags) return { document, problem: null };
  const { domain, tags: held } = product;
  const { tags, problem } = await resolveTags(document.spec.tags, domain.name, held);
  return { document: { ...document, spec: { ...document.spec, tags } }, problem };
}

/** How the rows will be made; what is new of its source and its rules is read with the author's rights too. */
async function readable(ctx: Ctx, product: Edited, document: DataProduct): Promise<EtlSpec> {
  const current = product.descriptor as unknown as DataProduct;
  const { source } = document.spec;
  const etl = await etlOf(document, product.pipeline?.spec);
  if (source && !isDeepStrictEqual(source, current.spec.source)) {
    await requireInputs(ctx, etl.extract);
  }
  const held = draftOf(current).quality ?? [];
  const added = (draftOf(document).quality ?? []).filter(
    (rule) => !held.some((one) => isDeepStrictEqual(one.config, rule.config)),
  );
  await requireRuleSources(
    ctx,
    added.map((rule) => ({ ...rule, column: rule.column ?? null })),
  );
  return etl;
}

const issueOf = (message: string): ChangeIssue => ({ line: 1, column: 1, message });

/** What names a product, and who owns it, is no matter of its contract. */
function fixedParts(before: DataProduct, after: DataProduct): ChangeIssue[] {
  const fixed: [string, unknown, unknown][] = [
    ['metadata.name', before.metadata.name, after.metadata.name],
    ['metadata.namespace', before.metadata.namespace, after.metadata.namespace],
    ['spec.owner', before.spec.owner, after.spec.owner],
    ['spec.template', before.spec.template, after.spec.template],
  ];
  return fixed
    .filter(([, old, now]) => old !== now)
    .map(([path, old]) =>
      issueOf(`${path} cannot change with the contract. Keep ${JSON.stringify(old) ?? 'it away'}.`),
    );
}

/** The author's own number when it is high enough, otherwise the lowest that the changes allow. */
function versionOf(base: string, { spec }: DataProduct, { bump }: ContractDiff): string | null {
  if (!bump) return null;
  const lowest = bumped(base, bump);
  return compareVersions(spec.version, lowest) > 0 ? spec.version : lowest;
}

function versionIssue(base: string, { spec }: DataProduct, { bump }: ContractDiff): ChangeIssue[] {
  if (!bump || spec.version === base) return [];
  const lowest = bumped(base, bump);
  const isPlain = /^[\d.]+$/.test(spec.version);
  if (isPlain && compareVersions(spec.version, lowest) >= 0) return [];
  if (!isPlain)
    return [issueOf(`spec.version is three numbers here, without a mark. Write ${lowest}.`)];
  return [
    issueOf(
      `spec.version ${spec.version} is too low: these changes demand at least ${lowest}. Write that, or leave ${base} and it is set for you.`,
    ),
  ];
}
