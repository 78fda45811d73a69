import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueue,
  invalid,
  notFound,
  notify,
  now,
  requireCan,
  transact,
} from '@/lib/core';
import { extended, mayBecome, type Regulation } from './kinds';

export const DecidePrivacyRequestInput = z.object({
  requestId: z.string().min(1).max(100),
  /** The revision that the person saw. */
  rev: z.int32().min(1),
  decision: z.enum(['execute', 'reject', 'search-again']),
  note: z.string().trim().max(1000, 'Use at most 1,000 characters').default(''),
});
export type DecidePrivacyRequestInput = z.input<typeof DecidePrivacyRequestInput>;

const NEXT = { execute: 'running', reject: 'rejected', 'search-again': 'searching' } as const;
const JOBS = { execute: 'privacy-execute', 'search-again': 'privacy-search' } as const;

/**
 * A steward's decision on what was found: carry it out, reject it with a reason, or look again.
 * @throws AppError forbidden | not_found | conflict (decided or changed meanwhile) | invalid
 */
export async function decidePrivacyRequest(
  ctx: Ctx,
  raw: DecidePrivacyRequestInput,
): Promise<void> {
  requireCan(ctx, 'privacy.manage');
  const { requestId, rev, decision, note } = DecidePrivacyRequestInput.parse(raw);
  if (decision === 'reject' && note.length < 3) {
    const message = 'Say why it is rejected: the person is told.';
    throw invalid(message, { note: message });
  }
  await transact(async (tx) => {
    const request = await tx.privacyRequest.findUnique({ where: { id: requestId } });
    if (!request) throw notFound('This request');
    const to = NEXT[decision];
    if (!mayBecome(request.status, to)) {
      throw conflict(`The request is ${request.status}. Reload the page.`);
    }
    const { count } = await tx.privacyRequest.updateMany({
      where: { id: requestId, rev, status: request.status },
      data: {
        status: to,
        rev: { increment: 1 },
        error: null,
        // Nothing is needed of the person any more once it is rejected.
        ...(decision === 'reject' && {
          rejectedFor: note,
          sealedSubject: null,
          completedAt: now(),
        }),
      },
    });
    if (count === 0) throw conflict('The request moved on meanwhile. Reload the page.');
    audit(tx, ctx, {
      action: `privacy.${decision}`,
      target: { type: 'privacy_request', id: requestId },
      detail: {
        regulation: request.regulation,
        kind: request.kind,
        before: { status: request.status },
        after: { status: to },
      },
    });
    if (decision !== 'reject') {
      const workflow = JOBS[decision];
      const key = `${workflow}:${requestId}:${rev + 1}`;
      await enqueue(tx, { workflow, queue: 'compliance', key, args: [requestId] });
    }
    await notify(tx, 'portolan_run', requestId);
  });
}

export const ExtendPrivacyRequestInput = z.object({
  requestId: z.string().min(1).max(100),
  reason: z
    .string()
    .trim()
    .min(10, 'Say in at least ten letters why it takes longer: the person is told')
    .max(500),
});
export type ExtendPrivacyRequestInput = z.input<typeof ExtendPrivacyRequestInput>;

/** Moves the law's last day, once. @throws AppError conflict when it was moved before or is over */
export async function extendPrivacyRequest(
  ctx: Ctx,
  raw: ExtendPrivacyRequestInput,
): Promise<void> {
  requireCan(ctx, 'privacy.manage');
  const { requestId, reason } = ExtendPrivacyRequestInput.parse(raw);
  await transact(async (tx) => {
    const request = await tx.privacyRequest.findUnique({ where: { id: requestId } });
    if (!request) throw notFound('This request');
    const due = extended(request.regulation as Regulation, request.dueAt);
    const { count } = await tx.privacyRequest.updateMany({
      where: { id: requestId, extendedFor: null, status: { notIn: ['completed', 'rejected'] } },
      data: { dueAt: due, extendedFor: reason, clockAlert: 0, rev: { increment: 1 } },
    });
    if (count === 0) throw conflict('The last day was moved already, or the request is over.');
    audit(tx, ctx, {
      action: 'privacy.extend',
      target: { type: 'privacy_request', id: requestId },
      detail: { reason, before: { dueAt: request.dueAt }, after: { dueAt: due } },
    });
  });
}
