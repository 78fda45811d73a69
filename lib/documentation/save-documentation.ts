import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  AppError,
  type Ctx,
  conflict,
  enqueueCheck,
  invalid,
  notify,
  requireCan,
  transact,
} from '@/lib/core';
import { requireVisibleProduct } from '@/lib/governance';
import { changedLines } from './changed-lines';
import { examplesIn, MAX_EXAMPLES } from './parts';
import { productText, writtenText } from './product-text';
import { type ExampleOutcome, exampleOutcomes, forgetExamples } from './run-examples';

export const SaveDocumentationInput = z.object({
  productId: z.string().max(64),
  /** The product's revision that was read: a change made meanwhile is not overwritten. */
  rev: z.coerce.number().pipe(z.int32()),
  text: z
    .string('Write the documentation as Markdown')
    .max(200_000, 'The documentation holds at most 200,000 characters')
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'A character is broken'),
});
export type SaveDocumentationInput = z.input<typeof SaveDocumentationInput>;

/**
 * Replaces the product's Markdown, in the row and in its document, and runs the examples that it holds.
 * @throws AppError not_found | forbidden | conflict (rev) | precondition (retired) | invalid (too many examples)
 */
export async function saveDocumentation(
  ctx: Ctx,
  raw: SaveDocumentationInput,
): Promise<{ rev: number; examples: ExampleOutcome[] }> {
  const { productId, rev, text } = SaveDocumentationInput.parse(raw);
  const product = await requireVisibleProduct(ctx, productId);
  requireCan(ctx, 'product.edit', product);
  const count = examplesIn(text).length;
  if (count > MAX_EXAMPLES) {
    const message = `There are ${count} examples; at most ${MAX_EXAMPLES} are run. Leave some out, or mark them as text.`;
    throw invalid(message, { text: message });
  }
  await transact(async (tx) => {
    const before = await tx.product.findUniqueOrThrow({ where: { id: productId } });
    if (before.status === 'retired') {
      throw new AppError(
        'precondition',
        'The product is retired: its documentation stays as it is.',
      );
    }
    const was = writtenText(before);
    const { spec, ...document } = before.descriptor as { spec: object };
    const written = await tx.product.updateMany({
      where: { id: productId, rev },
      data: {
        documentation: text,
        descriptor: { ...document, spec: { ...spec, documentation: text } },
        rev: { increment: 1 },
      },
    });
    if (written.count === 0) {
      throw conflict(
        'Somebody changed this product meanwhile. Copy your text, load the page again, then change it.',
        { rev: before.rev },
      );
    }
    const lines = changedLines(was, text);
    audit(tx, ctx, {
      action: 'documentation.save',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
      detail: {
        product: `${product.domain}/${product.name}`,
        fromLine: lines.from,
        ...changed({ documentation: lines.before }, { documentation: lines.after }),
      },
    });
    await enqueueCheck(tx, productId);
    await notify(tx, 'portolan_product', productId);
  });
  await forgetExamples(productId, text);
  const subject = await productText(productId);
  return { rev: rev + 1, examples: await exampleOutcomes(subject, text) };
}
