import { z } from 'zod';
import { type Ctx, db, publicOrigin } from '@/lib/core';
import { productPage } from '@/lib/serving';
import { resolveProduct } from '@/lib/serving/resolve';
import { type DataProduct, printDocument } from '@/lib/specs';
import { overlayDataProduct } from './dataproduct';
import type { Finding } from './findings';
import { CONTRACT_FORMATS, type ContractFormat } from './formats';
import { type Known, keyOf, knownOfProduct } from './known';
import { newOdcs, overlayOdcs } from './odcs/export';
import { knownOfOdcs } from './odcs/import';
import { newOdps, overlayOdps, type ProductPorts } from './odps/convert';
import { readContract } from './read-contract';
import type { Group } from './shape';

export const ContractQuery = z.object({ format: z.enum(CONTRACT_FORMATS).default('odcs') });

export interface ExportedContract {
  format: ContractFormat;
  version: string;
  document: Group;
  yaml: string;
}

/** The document that a product began with, read again. */
export interface StoredContract {
  format: ContractFormat;
  version: string;
  object: string | null;
  importedAt: string;
  document: Group;
  findings: Finding[];
}

interface Source {
  id: string;
  createdAt: string;
  descriptor: DataProduct;
  known: Known;
  stored: StoredContract | null;
  inputs: string[];
}

/**
 * A product's contract in one of the formats, valid in its own version: the imported document with what Portolan
 * knows now laid over it, or all of it anew.
 * @throws AppError unauthenticated | forbidden | not_found, as the product's page does
 */
export async function productContract(
  ctx: Ctx,
  domain: string,
  name: string,
  format: ContractFormat,
): Promise<ExportedContract> {
  return exportAs(await contractSource(ctx, domain, name), format);
}

export async function contractSource(ctx: Ctx, domain: string, name: string): Promise<Source> {
  const page = await productPage(ctx, domain, name);
  const { descriptor, status } = await resolveProduct(domain, name);
  const stored = await storedContract(page.id);
  const { createdAt, id, lineage, mayRead } = page;
  const all = knownOfProduct(descriptor, status);
  const seen = mayRead ? descriptor : withOpenRules(descriptor, all, stored);
  const known = { ...all, quality: knownOfProduct(seen, status).quality };
  return { id, createdAt, descriptor: seen, known, stored, inputs: lineage.inputs };
}

/**
 * For somebody who may not read the rows: the rules that the imported contract itself states, and of the others
 * those that name no values. Limits and reasons that the data told are not for them.
 */
function withOpenRules(
  { spec, ...document }: DataProduct,
  { quality: rules }: Known,
  stored: StoredContract | null,
): DataProduct {
  const own = stored?.format === 'odcs' ? knownOfOdcs(stored.document, stored.object).quality : [];
  const stated = new Set(own.map(keyOf));
  const quality = spec.quality?.flatMap((rule, index) => {
    const known = rules[index];
    if (!known || stated.has(keyOf(known))) return [rule];
    const { reason: _reason, ...open } = rule;
    return Object.keys(known.config).length === 0 ? [open] : [];
  });
  return { ...document, spec: { ...spec, ...(quality && { quality }) } };
}

async function storedContract(productId: string): Promise<StoredContract | null> {
  const row = await db().importedContract.findFirst({ where: { draft: { productId } } });
  if (!row) return null;
  const read = readContract(row.text);
  // A reader that has become stricter must not take the contract away; then it is written anew.
  if (!read.document || !read.format) return null;
  return {
    format: read.format,
    version: row.version,
    object: row.object,
    importedAt: row.importedAt.toISOString(),
    document: read.document,
    findings: read.findings,
  };
}

const FIRST_VERSION = '1.0.0';

export async function exportAs(source: Source, format: ContractFormat): Promise<ExportedContract> {
  const document = await documentOf(source, format);
  const version = String(document.apiVersion);
  return { format, version, document, yaml: printDocument(document) };
}

async function documentOf(source: Source, format: ContractFormat): Promise<Group> {
  const { stored, known, descriptor, id, createdAt } = source;
  const base = stored?.format === format ? stored : null;
  // The contract keeps its own count until the product's version moves.
  const { version, ...unversioned } = known;
  const now = version === FIRST_VERSION ? unversioned : known;
  switch (format) {
    case 'dataproduct':
      return overlayDataProduct(base?.document ?? null, descriptor);
    case 'odps':
      return base ? overlayOdps(base.document, now) : newOdps(known, await portsOf(source));
    case 'odcs': {
      if (base) return overlayOdcs(base.document, now, base.object);
      const location = `${publicOrigin()}/api/v1/data/${known.domain}/${known.name}/rows`;
      return newOdcs(known, { id, createdAt, location });
    }
  }
}

async function portsOf({
  id,
  createdAt,
  known,
  descriptor,
  inputs,
}: Source): Promise<ProductPorts> {
  const version = known.version ?? FIRST_VERSION;
  const [port] = descriptor.spec.outputPorts ?? [];
  return {
    id,
    createdAt,
    url: `${publicOrigin()}/products/${known.domain}/${known.name}`,
    output: { name: port?.name ?? 'rows', type: port?.type ?? 'rest_api', version, contractId: id },
    inputs: await inputPorts(inputs),
  };
}

async function inputPorts(addresses: readonly string[]): Promise<ProductPorts['inputs']> {
  if (addresses.length === 0) return [];
  const rows = await db().product.findMany({
    where: {
      OR: addresses.map((address) => {
        const [domain = '', name = ''] = address.split('/');
        return { name, domain: { name: domain } };
      }),
    },
    select: { id: true, name: true, version: true, domain: { select: { name: true } } },
    orderBy: [{ domainId: 'asc' }, { name: 'asc' }],
  });
  return rows.map(({ id, name, version, domain }) => ({
    name: `${domain.name}/${name}`,
    version,
    contractId: id,
  }));
}
