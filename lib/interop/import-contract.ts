import { z } from 'zod';
import { audit } from '@/lib/audit';
import { AppError, type Ctx, invalid, requireCan } from '@/lib/core';
import { createDraft } from '@/lib/products/create-draft';
import { DraftData } from '@/lib/products/draft-data';
import { formatIssue } from '@/lib/specs';
import { CheckContractInput, checkText } from './check-contract';
import { draftOfContract } from './draft-of';
import type { Finding } from './findings';
import { type ReadContract, readContract } from './read-contract';

export const ImportContractInput = CheckContractInput.extend({
  /** Take the document as the newer version that the check offers. */
  upgrade: z.boolean().default(false),
  /** Which of a contract's tables the product stands for; the first without it. */
  object: z.string().max(300).optional(),
});
export type ImportContractInput = z.input<typeof ImportContractInput>;

export interface ImportedDraft {
  id: string;
  rev: number;
  /** What was noticed in the document, errors never among them. */
  findings: Finding[];
}

const DEFAULT_TEMPLATE = 'batch_analytics';
const SHOWN_ISSUES = 20;

/**
 * Starts a draft from an ODCS contract, an ODPS product or a DataProduct document, told apart by content. The
 * document is kept whole beside the draft, so that an export gives back what is not understood here.
 * @throws AppError invalid; `details.fields` holds one line per fault with its place, `details.findings` all of them
 */
export async function importContract(ctx: Ctx, raw: ImportContractInput): Promise<ImportedDraft> {
  requireCan(ctx, 'product.create');
  const input = ImportContractInput.parse(raw);
  const { text, read } = readFor(input);
  const { format, version, document, findings } = read;
  if (!document || !format || !version) throw refusal(findings);
  const parsed = DraftData.safeParse(draftOfContract(format, document, input.object));
  if (!parsed.success) throw tooMuch(parsed.error);
  const data = { ...parsed.data, template: parsed.data.template ?? DEFAULT_TEMPLATE };
  const draft = await createDraft(ctx, { template: data.template, data }, async (tx, draftId) => {
    const importedBy = ctx.actor.type === 'user' ? ctx.actor.id : 'system';
    const object = format === 'odcs' ? (input.object ?? null) : null;
    await tx.importedContract.create({
      data: { draftId, format, version, object, text, importedBy },
    });
    audit(tx, ctx, {
      action: 'contract.import',
      target: { type: 'draft', id: draftId },
      detail: { format, version, ...(object && { object }), isUpgraded: input.upgrade },
    });
  });
  return { ...draft, findings };
}

/** The text as it is taken, read: as it stands, or brought to the newer version. */
export function readFor({ text, upgrade }: z.infer<typeof ImportContractInput>): {
  text: string;
  read: ReadContract;
} {
  if (!upgrade) return { text, read: readContract(text) };
  const offered = checkText(text).upgrade;
  if (!offered) {
    throw invalid('There is no upgrade for this document. Import it as it is, or mend it first.', {
      upgrade: 'There is no upgrade for this document.',
    });
  }
  return { text: offered.text, read: readContract(offered.text) };
}

export function refusal(findings: readonly Finding[]): AppError {
  const errors = findings.filter(({ level }) => level === 'error');
  const lines = [...new Set(errors.map(formatIssue))].slice(0, SHOWN_ISSUES);
  const fields = Object.fromEntries(lines.map((line, index) => [`text.${index}`, line]));
  const message = `The document is not valid. ${lines[0] ?? ''}`.trim();
  return new AppError('invalid', message, { fields, findings: [...findings] });
}

/** A valid document of another world may still be more than a draft holds. */
function tooMuch(error: z.ZodError): AppError {
  const lines = error.issues.slice(0, SHOWN_ISSUES).map(({ path, message }) => {
    const place = path.join('.');
    return `${place ? `${place}: ` : ''}${message}.`;
  });
  const fields = Object.fromEntries(lines.map((line, index) => [`text.${index}`, line]));
  return invalid(`The document holds more than a draft can. ${lines[0] ?? ''}`, fields);
}
