import { requireUser } from '@/lib/auth';
import { type Ctx, db, env } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { PLACE, placesFor } from '../place';

export interface DigestRow {
  id: string;
  every: 'week' | 'month';
  day: number;
  hour: number;
  timeZone: string;
  /** In words: what the figures are of. */
  place: string;
  /** Null: the portal stopped it. */
  nextAt: string | null;
  stoppedFor: string | null;
  last: {
    at: string;
    state: 'on its way' | 'sent' | 'failed';
    /** What the mail server said last. */
    error: string | null;
  } | null;
}

/** One's own subscriptions, and how the last message of each went. */
export async function listDigests(
  ctx: Ctx,
): Promise<{ digests: DigestRow[]; hasMailServer: boolean }> {
  requireSignedIn(ctx, ['catalog:read']);
  const { id: userId } = requireUser(ctx);
  const rows = await db().insightDigest.findMany({
    where: { userId },
    orderBy: { id: 'asc' },
    include: PLACE,
  });
  const placed = await placesFor(ctx, rows);
  const mails = await db().alertDelivery.findMany({
    where: { id: { in: rows.flatMap(({ lastMailId }) => lastMailId ?? []) } },
    select: { id: true, status: true, log: true },
  });
  const digests = rows.map(({ lastMailId, lastAt, ...row }): DigestRow => {
    const mail = mails.find(({ id }) => id === lastMailId);
    return {
      ...{ id: row.id, every: row.every as DigestRow['every'], day: row.day, hour: row.hour },
      ...{ timeZone: row.timeZone, stoppedFor: row.stoppedFor },
      place: placed(row),
      nextAt: row.stoppedFor ? null : row.nextAt.toISOString(),
      last: lastAt && { at: lastAt.toISOString(), ...stateOf(mail) },
    };
  });
  return { digests, hasMailServer: env().PORTOLAN_SMTP_URL !== undefined };
}

/** A message that was sent long ago is not kept. */
function stateOf(mail: { status: string; log: unknown } | undefined) {
  const state =
    !mail || mail.status === 'delivered'
      ? 'sent'
      : mail.status === 'dead'
        ? 'failed'
        : 'on its way';
  const said = (mail?.log as { error?: string }[] | undefined)?.at(-1)?.error ?? null;
  return { state, error: state === 'sent' ? null : said } as const;
}
