import type { Tx } from '@/lib/core';
import { formatIssue, parseDocument } from '@/lib/specs';

const KINDS = {
  DataProductTemplate: 'data_product',
  ProcessingTemplate: 'processing',
} as const;

/**
 * Keeps templates that come with the portal (`prisma/seed/templates/*.yaml`) as version 1. One that is
 * there already stays as people left it.
 * @throws Error naming line and path when a document is not valid
 */
export async function seedTemplates(tx: Tx, documents: readonly string[]): Promise<void> {
  for (const yaml of documents) {
    const parsed = parseDocument(yaml);
    if (!parsed.ok) throw new Error(`A template is not valid. ${formatIssue(parsed.issues[0]!)}`);
    const { document } = parsed;
    if (document.kind !== 'DataProductTemplate' && document.kind !== 'ProcessingTemplate') {
      throw new Error(`A template is not valid: it is a ${document.kind}.`);
    }
    const { name } = document.metadata;
    if ((await tx.template.count({ where: { name } })) > 0) continue;
    await tx.template.create({
      data: {
        name,
        version: 1,
        kind: KINDS[document.kind],
        title: document.spec.title,
        yaml,
        document: document as object,
      },
    });
  }
}
