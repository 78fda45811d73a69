import { z } from 'zod';
import { type Ctx, db, requireCan } from '@/lib/core';
import { CommunityPage, type Paged, paged, pageOf } from '../page';
import { REPORTABLE, type Reportable, targetsOf } from './target';

export interface ReportRow {
  id: string;
  kind: Reportable;
  product: { title: string; address: string };
  text: string;
  author: string;
  isHidden: boolean;
  reason: string;
  reporter: string;
  createdAt: string;
  status: 'open' | 'hidden' | 'kept';
  note: string;
}

export const ReportFilter = CommunityPage.extend({
  status: z.enum(['open', 'hidden', 'kept']).optional().catch(undefined),
});
export type ReportFilter = z.input<typeof ReportFilter>;

/** What was reported, newest first, for stewards. @throws AppError forbidden */
export async function listReports(ctx: Ctx, raw: ReportFilter = {}): Promise<Paged<ReportRow>> {
  requireCan(ctx, 'community.moderate');
  const { after, status } = ReportFilter.parse(raw);
  const { where, orderBy, take } = pageOf(after);
  const rows = await db().contentReport.findMany({
    ...{ orderBy, take },
    where: { ...where, ...(status && { status }) },
    include: {
      reporter: { select: { name: true } },
      product: { select: { title: true, name: true, domain: { select: { name: true } } } },
    },
  });
  const targets = new Map(
    (
      await Promise.all(
        REPORTABLE.map((kind) =>
          targetsOf(
            kind,
            rows.filter((row) => row.kind === kind).map((row) => row.targetId),
          ),
        ),
      )
    )
      .flat()
      .map((target) => [target.id, target]),
  );
  return paged(rows, (row): ReportRow => {
    const target = targets.get(row.targetId);
    const { title, name, domain } = row.product;
    return {
      ...{ id: row.id, kind: row.kind as Reportable, reason: row.reason, note: row.note },
      product: { title, address: `${domain.name}/${name}` },
      ...{ text: target?.text ?? '', author: target?.author ?? '' },
      isHidden: target?.hiddenAt != null,
      reporter: row.reporter.name,
      createdAt: row.createdAt.toISOString(),
      status: row.status as ReportRow['status'],
    };
  });
}
