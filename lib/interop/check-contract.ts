import { z } from 'zod';
import type { Ctx } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { printDocument } from '@/lib/specs';
import type { Finding } from './findings';
import type { ContractFormat } from './formats';
import { upgradeContract } from './odcs/upgrade';
import { isOdcsVersion, isSince, ODCS_CURRENT } from './odcs/versions';
import { objectsOf } from './odcs/walk';
import { type ReadContract, readContract } from './read-contract';
import { groupsIn, textOf } from './shape';

export const CheckContractInput = z.object({
  text: z.string().min(1, 'Paste a document').max(1_000_000, 'Use a document of at most 1 MB'),
});
export type CheckContractInput = z.input<typeof CheckContractInput>;

export interface OfferedUpgrade {
  to: string;
  /** The whole document in the newer version, and how it is printed now. */
  text: string;
  before: string;
}
export interface CheckedContract {
  ok: boolean;
  format: ContractFormat | null;
  version: string | null;
  findings: Finding[];
  /** The tables of a contract; a product stands for one of them. */
  objects: { name: string; columns: number }[];
  upgrade: OfferedUpgrade | null;
}

/**
 * Reads and lints a document without keeping anything.
 * @throws AppError unauthenticated | forbidden | invalid
 */
export function checkContract(ctx: Ctx, raw: CheckContractInput): CheckedContract {
  requireSignedIn(ctx, ['catalog:read', 'products:write']);
  const { text } = CheckContractInput.parse(raw);
  return checkText(text);
}

export function checkText(text: string): CheckedContract {
  const read = readContract(text);
  const objects = read.format === 'odcs' && read.document ? objectsOf(read.document) : [];
  return {
    ok: read.ok,
    format: read.format,
    version: read.version,
    findings: read.findings,
    objects: objects.map(({ object }) => ({
      name: textOf(object.name) ?? '',
      columns: groupsIn(object.properties).length,
    })),
    upgrade: read.format === 'odcs' ? upgradeOf(read) : null,
  };
}

/**
 * What an older contract becomes in the current version. One that its declared version refuses may be a newer
 * document under an old number: then the offer is to declare what it is.
 */
function upgradeOf({ document, raw, version }: ReadContract): OfferedUpgrade | null {
  if (!raw || !isOdcsVersion(version) || isSince(version, ODCS_CURRENT)) return null;
  const before = printDocument(raw);
  if (!document) {
    const text = printDocument({ ...raw, apiVersion: ODCS_CURRENT });
    return readContract(text).ok ? { to: ODCS_CURRENT, text, before } : null;
  }
  const upgrade = upgradeContract(document, version);
  if (!upgrade || upgrade.remaining.length > 0) return null;
  return { to: upgrade.to, text: printDocument(upgrade.document), before };
}
