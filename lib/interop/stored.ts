import { db } from '@/lib/core';
import { compareVersions } from '@/lib/products/contract-diff';
import type { Finding } from './findings';
import type { ContractFormat } from './formats';
import { readContract } from './read-contract';
import type { Group } from './shape';

/** An outside document that a product's contract was imported from, read again. */
export interface StoredContract {
  format: ContractFormat;
  version: string;
  object: string | null;
  importedAt: string;
  document: Group;
  findings: Finding[];
  /** The product began with it; otherwise a later version of its contract did. */
  isFirst: boolean;
}

const NOT_IN_FORCE = ['proposed', 'activating', 'withdrawn'];
const MOST = 100;

/**
 * The documents that a version of a contract goes back to, newest first: its own, those of versions before it that
 * were in force, and the one that the product began with.
 */
export async function storedContracts(
  productId: string,
  version: string,
): Promise<StoredContract[]> {
  const [versions, first] = await Promise.all([
    db().versionDocument.findMany({
      where: { of: { productId, status: { not: 'withdrawn' } } },
      include: { of: { select: { version: true, status: true, createdAt: true } } },
      orderBy: { of: { createdAt: 'desc' } },
      take: MOST,
    }),
    db().importedContract.findFirst({ where: { draft: { productId } } }),
  ]);
  const before = versions
    .filter(
      ({ of }) =>
        of.version === version ||
        (!NOT_IN_FORCE.includes(of.status) && compareVersions(of.version, version) < 0),
    )
    .sort((a, b) => compareVersions(b.of.version, a.of.version))
    .map(({ of, ...row }) => ({ ...row, importedAt: of.createdAt, isFirst: false }));
  return [...before, ...(first ? [{ ...first, isFirst: true }] : [])].flatMap(readAgain);
}

interface Row {
  version: string;
  object: string | null;
  text: string;
  importedAt: Date;
  isFirst: boolean;
}

/** A reader that has become stricter must not take the contract away; then it is written anew. */
function readAgain({ version, object, text, importedAt, isFirst }: Row): StoredContract[] {
  const { document, format, findings } = readContract(text);
  if (!document || !format) return [];
  const at = importedAt.toISOString();
  return [{ format, version, object, importedAt: at, document, findings, isFirst }];
}
