import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, newId, notFound, now, transact } from '@/lib/core';
import { textOf } from '@/lib/specs';
import { requirePace } from '../pace';
import { auditOf, placeOf, writer } from '../place';
import { excerpt } from '../text';
import { REPORTABLE, type Reportable, targetOf } from './target';

export const ReportContentInput = z.object({
  kind: z.enum(REPORTABLE),
  targetId: z.string().min(1).max(100),
  reason: textOf(1000, 5, 'Say what is wrong with it'),
});
export type ReportContentInput = z.input<typeof ReportContentInput>;

const WORDS: Record<Reportable, string> = {
  review: 'A review',
  question: 'A question',
  answer: 'An answer',
};

/** Says that a text is out of place; stewards decide. One report a person and text. @throws AppError not_found | conflict */
export async function reportContent(
  ctx: Ctx,
  raw: ReportContentInput,
): Promise<{ reportId: string }> {
  const reporter = writer(ctx);
  const { kind, targetId, reason } = ReportContentInput.parse(raw);
  const reportId = newId();
  await transact(async (tx) => {
    const target = await targetOf(tx, kind, targetId);
    if (!target || target.hiddenAt) throw notFound(WORDS[kind]);
    const place = await placeOf(ctx, target.productId);
    await requirePace(tx, reporter.id);
    const { count } = await tx.contentReport.createMany({
      data: [
        {
          ...{ id: reportId, kind, targetId, productId: place.id, reporterId: reporter.id, reason },
          createdAt: now(),
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) throw conflict('You reported this already. A steward looks at it.');
    audit(tx, ctx, {
      action: 'report.make',
      target: { type: kind, id: targetId },
      ...auditOf(place),
    });
    await raiseAlert(tx, {
      kind: 'report.made',
      level: 'info',
      title: `${WORDS[kind]} about ${place.title} was reported`,
      body: excerpt(reason),
      href: '/governance/reports',
      productId: place.id,
      domainId: place.domainId,
      to: { stewards: true },
      dedupeKey: `report.made:${kind}:${targetId}`,
    });
  });
  return { reportId };
}
