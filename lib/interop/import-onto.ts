import { z } from 'zod';
import { audit } from '@/lib/audit';
import type { Ctx } from '@/lib/core';
import { ProposeChangeInput, proposeChange } from '@/lib/provisioning/versions';
import { loadEdited } from '@/lib/provisioning/versions/check-change';
import { type DataProduct, printDocument } from '@/lib/specs';
import type { Finding } from './findings';
import type { ContractFormat } from './formats';
import { ImportContractInput, readFor, refusal } from './import-contract';
import { descriptorOnto, notTaken } from './onto';

export const ContractOntoInput = ImportContractInput.extend({
  productId: z.string().min(1).max(100),
});
export type ContractOntoInput = z.input<typeof ContractOntoInput>;

export interface ContractOnto {
  format: ContractFormat;
  version: string;
  /** The product's document as the outside one would have it, for the editor and for `proposeContract`. */
  yaml: string;
  /** What the document says and is not taken. */
  notes: string[];
  findings: Finding[];
}

/**
 * What an outside document would make of a live product's contract. Nothing is kept.
 * @throws AppError not_found | forbidden | invalid, with the places of its faults
 */
export async function contractOnto(ctx: Ctx, raw: ContractOntoInput): Promise<ContractOnto> {
  const { productId, ...input } = ContractOntoInput.parse(raw);
  const product = await loadEdited(ctx, productId);
  const { format, version, document, findings } = documentOf(input);
  const current = product.descriptor as unknown as DataProduct;
  const yaml = printDocument(descriptorOnto(current, format, document, input.object));
  const notes = notTaken(current, format, document, input.object);
  return { format, version, yaml, notes, findings };
}

function documentOf(input: z.output<typeof ImportContractInput>) {
  const { text, read } = readFor(input);
  const { format, version, document, findings } = read;
  if (!document || !format || !version) throw refusal(findings);
  return { text, format, version, document, findings };
}

export const ProposeContractInput = ProposeChangeInput.extend({
  /** The outside document that it comes from; kept, so that what is not understood of it stays. */
  document: ImportContractInput.optional(),
});
export type ProposeContractInput = z.input<typeof ProposeContractInput>;

/**
 * Proposes a change of a contract, with the outside document that it comes from when there is one.
 * @throws AppError as `proposeChange`; invalid when the document is not valid
 */
export async function proposeContract(ctx: Ctx, raw: ProposeContractInput) {
  const { document: given, ...change } = ProposeContractInput.parse(raw);
  if (!given) return proposeChange(ctx, change);
  const { text, format, version } = documentOf(given);
  const object = format === 'odcs' ? (given.object ?? null) : null;
  return proposeChange(ctx, change, async (tx, versionId, place) => {
    await tx.versionDocument.create({ data: { versionId, format, version, object, text } });
    audit(tx, ctx, {
      action: 'contract.import',
      target: { type: 'contract_version', id: versionId },
      ...place,
      detail: { format, version, ...(object && { object }), isUpgraded: given.upgrade },
    });
  });
}
