import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, endWithinYear, newId, notFound, now, transact } from '@/lib/core';
import { audienceOf } from '@/lib/governance';
import { textOf } from '@/lib/specs';
import { requirePace } from '../pace';
import { about, auditOf, placeOf, requireRepresentative, writer } from '../place';
import { excerpt } from '../text';

export const AnnounceInput = z.object({
  productId: z.string().min(1).max(100),
  title: textOf(120, 3, 'Say in a line what it is'),
  text: textOf(2000, 0, '').default(''),
  /** The last day on which it is shown, or an instant. */
  until: z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'Choose a day'),
});
export type AnnounceInput = z.input<typeof AnnounceInput>;

/**
 * Who speaks for a product tells everybody: on its page until the day, and whoever follows it at once.
 * @returns how many people were told
 * @throws AppError not_found | forbidden | invalid | rate_limited
 */
export async function announce(
  ctx: Ctx,
  raw: AnnounceInput,
): Promise<{ announcementId: string; told: number }> {
  const author = writer(ctx);
  const { productId, title, text, until } = AnnounceInput.parse(raw);
  const place = await placeOf(ctx, productId);
  requireRepresentative(ctx, place);
  const ends = endWithinYear(until);
  const announcementId = newId();
  return transact(async (tx) => {
    await requirePace(tx, author.id);
    await tx.announcement.create({
      data: {
        ...{ id: announcementId, productId: place.id, authorId: author.id, title, text },
        ...{ until: ends, createdAt: now() },
      },
    });
    audit(tx, ctx, {
      action: 'announcement.make',
      target: { type: 'announcement', id: announcementId },
      ...auditOf(place),
      detail: changed(null, { title, until: ends.toISOString() }),
    });
    const userIds = (await audienceOf(tx, place.id, 'announcement')).filter(
      (id) => id !== author.id,
    );
    await raiseAlert(tx, {
      ...about(place),
      kind: 'announcement.made',
      level: 'info',
      title: `${place.title}: ${title}`,
      body: excerpt(text),
      to: { userIds },
      dedupeKey: `announcement.made:${announcementId}`,
    });
    return { announcementId, told: userIds.length };
  });
}

export const EndAnnouncementInput = z.object({ announcementId: z.string().min(1).max(100) });
export type EndAnnouncementInput = z.input<typeof EndAnnouncementInput>;

/** It is shown no more. @throws AppError not_found | forbidden | conflict */
export async function endAnnouncement(ctx: Ctx, raw: EndAnnouncementInput): Promise<void> {
  writer(ctx);
  const { announcementId } = EndAnnouncementInput.parse(raw);
  await transact(async (tx) => {
    const found = await tx.announcement.findUnique({ where: { id: announcementId } });
    if (!found) throw notFound('This announcement');
    const place = await placeOf(ctx, found.productId);
    requireRepresentative(ctx, place);
    const { count } = await tx.announcement.updateMany({
      where: { id: announcementId, withdrawnAt: null, until: { gt: now() } },
      data: { withdrawnAt: now() },
    });
    if (count === 0) throw conflict('The announcement is over already.');
    audit(tx, ctx, {
      action: 'announcement.end',
      target: { type: 'announcement', id: announcementId },
      ...auditOf(place),
    });
  });
}
