import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { type Ctx, enqueue, invalid, newId, now, requireCan, transact } from '@/lib/core';
import { dueAt, KINDS, kindOf, REGULATIONS } from './kinds';
import { keepSubject } from './subject';

const MIN_IDENTIFIER = 3;

export const ReceivePrivacyRequestInput = z.object({
  regulation: z.enum(REGULATIONS),
  kind: z.string().max(30),
  /** What identifies the person: an e-mail address, a customer number, … */
  identifier: z
    .string()
    .trim()
    .min(MIN_IDENTIFIER, 'An identifier has at least three characters')
    .max(200, 'Use at most 200 characters'),
  /** The day the request came in; the law's clock runs from it. */
  receivedAt: z.union([z.iso.datetime({ offset: true }), z.literal('')]).default(''),
  note: z.string().trim().max(1000, 'Use at most 1,000 characters').default(''),
});
export type ReceivePrivacyRequestInput = z.input<typeof ReceivePrivacyRequestInput>;

/**
 * Takes a request in and begins the search at once. The identifier is sealed; logs, alerts and the audit never
 * see it.
 * @throws AppError invalid | forbidden
 */
export async function receivePrivacyRequest(
  ctx: Ctx,
  raw: ReceivePrivacyRequestInput,
): Promise<{ requestId: string }> {
  requireCan(ctx, 'privacy.manage');
  const input = ReceivePrivacyRequestInput.parse(raw);
  const { regulation, kind, identifier, note } = input;
  if (!kindOf(regulation, kind)) {
    const message = `By ${regulation.toUpperCase()} a person asks for: ${Object.keys(KINDS[regulation]).join(', ')}.`;
    throw invalid(message, { kind: message });
  }
  if (note.toLowerCase().includes(identifier.toLowerCase())) {
    const message = 'Leave the identifier out of the note: the note is kept.';
    throw invalid(message, { note: message });
  }
  const receivedAt = input.receivedAt ? new Date(input.receivedAt) : now();
  if (receivedAt > now()) {
    const message = 'A request cannot come in tomorrow.';
    throw invalid(message, { receivedAt: message });
  }
  const requestId = newId();
  const kept = await keepSubject(identifier);
  await transact(async (tx) => {
    await tx.privacyRequest.create({
      data: {
        id: requestId,
        regulation,
        kind,
        ...kept,
        status: 'searching',
        note,
        requestedById: ctx.actor.type === 'user' ? ctx.actor.id : null,
        receivedAt,
        dueAt: dueAt(regulation, receivedAt),
      },
    });
    audit(tx, ctx, {
      action: 'privacy.receive',
      target: { type: 'privacy_request', id: requestId },
      detail: { regulation, kind },
    });
    await enqueue(tx, {
      workflow: 'privacy-search',
      queue: 'compliance',
      key: `privacy-search:${requestId}:1`,
      args: [requestId],
    });
    await raiseAlert(tx, {
      kind: 'privacy.received',
      level: 'info',
      title: `${regulation.toUpperCase()} ${kind.replace('_', '-')}: a request came in`,
      href: `/governance/privacy/${requestId}`,
      to: { stewards: true },
      dedupeKey: `privacy.received:${requestId}`,
    });
  });
  return { requestId };
}
