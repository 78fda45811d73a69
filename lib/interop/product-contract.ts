import { z } from 'zod';
import { type Ctx, db, env, notFound } from '@/lib/core';
import { rulesOfDocument } from '@/lib/products/rules-of-document';
import { productPage } from '@/lib/serving';
import { resolveProduct } from '@/lib/serving/resolve';
import { type DataProduct, printDocument } from '@/lib/specs';
import { overlayDataProduct } from './dataproduct';
import { CONTRACT_FORMATS, type ContractFormat } from './formats';
import { type Known, keyOf, knownOfProduct } from './known';
import { newOdcs, overlayOdcs } from './odcs/export';
import { knownOfOdcs } from './odcs/import';
import { newOdps, overlayOdps, type ProductPorts } from './odps/convert';
import type { Group } from './shape';
import { type StoredContract, storedContracts } from './stored';

export const ContractQuery = z.object({
  format: z.enum(CONTRACT_FORMATS).default('odcs'),
  /** A version of the contract; without it the one in force. */
  version: z.string().min(1).max(40).optional(),
});
export type ContractQuery = z.input<typeof ContractQuery>;

export interface ExportedContract {
  format: ContractFormat;
  version: string;
  document: Group;
  yaml: string;
}

interface Source {
  id: string;
  createdAt: string;
  descriptor: DataProduct;
  known: Known;
  stored: StoredContract[];
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
  raw: ContractQuery = {},
): Promise<ExportedContract> {
  const { format, version } = ContractQuery.parse(raw);
  return exportAs(await contractSource(ctx, domain, name, version), format);
}

export async function contractSource(
  ctx: Ctx,
  domain: string,
  name: string,
  version?: string,
): Promise<Source> {
  const page = await productPage(ctx, domain, name);
  const served = await resolveProduct(domain, name);
  const { descriptor, status } =
    version === undefined || version === served.version
      ? served
      : await versionOf(page.id, version);
  const stored = await storedContracts(page.id, descriptor.spec.version);
  const { createdAt, id, lineage, mayRead } = page;
  const all = knownOfProduct(descriptor, status);
  const seen = mayRead ? descriptor : withOpenRules(descriptor, stored);
  const known = { ...all, quality: knownOfProduct(seen, status).quality };
  return { id, createdAt, descriptor: seen, known, stored, inputs: lineage.inputs };
}

/**
 * For somebody who may not read the rows: the rules that the imported contract itself states, and of the others
 * those that name no values. Limits and reasons that the data told are not for them.
 */
function withOpenRules(
  { spec, ...document }: DataProduct,
  stored: readonly StoredContract[],
): DataProduct {
  // Only the first document was written before there were data to tell anything.
  const first = stored.find((one) => one.isFirst && one.format === 'odcs');
  const own = first ? knownOfOdcs(first.document, first.object).quality : [];
  const stated = new Set(own.map(keyOf));
  const quality = spec.quality?.flatMap((rule, index) => {
    const known = rulesOfDocument(rule, index);
    if (known.every((one) => stated.has(keyOf(one)))) return [rule];
    const { reason: _reason, ...open } = rule;
    return known.every(({ config }) => Object.keys(config).length === 0) ? [open] : [];
  });
  return { ...document, spec: { ...spec, ...(quality && { quality }) } };
}

/** A version that is not the one in force, with the word for its state. */
async function versionOf(productId: string, version: string) {
  const row = await db().contractVersion.findFirst({
    where: { productId, version, status: { not: 'withdrawn' } },
    select: { descriptor: true, status: true },
  });
  if (!row) throw notFound(`Version ${version} of this contract`);
  const isOver = row.status === 'superseded' || row.status === 'retired';
  const status = isOver ? 'retired' : row.status;
  return { descriptor: row.descriptor as unknown as DataProduct, status };
}

const FIRST_VERSION = '1.0.0';

export async function exportAs(source: Source, format: ContractFormat): Promise<ExportedContract> {
  const document = await documentOf(source, format);
  const version = String(document.apiVersion);
  return { format, version, document, yaml: printDocument(document) };
}

async function documentOf(source: Source, format: ContractFormat): Promise<Group> {
  const { stored, known, descriptor, id, createdAt } = source;
  const base = stored.find((one) => one.format === format) ?? null;
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
      const location = `${origin()}/api/v1/data/${known.domain}/${known.name}/rows`;
      return newOdcs(known, { id, createdAt, location });
    }
  }
}

function origin(): string {
  const { PORTOLAN_URL, HOST, PORT } = env();
  return new URL(PORTOLAN_URL ?? `http://${HOST}:${PORT}`).origin;
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
    url: `${origin()}/products/${known.domain}/${known.name}`,
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
