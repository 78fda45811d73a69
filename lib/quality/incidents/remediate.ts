import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, enqueue, newId, now, precondition, transact } from '@/lib/core';
import { requireDecision } from '@/lib/governance';
import { addIncidentEvent } from './events';
import { previewOf, type RemedyPreview } from './preview';
import { Remedy } from './remedy';
import { decisionProduct, openIncident, placeOf, userIdOf } from './scope';

export const RemediateInput = z.object({
  incidentId: z.string().min(1).max(100),
  remedy: Remedy,
  /** What the person saw in the preview: nobody changes more than they looked at. */
  snapshotId: z.string().min(1).max(100),
  rows: z.int().min(0),
});
export type RemediateInput = z.input<typeof RemediateInput>;

/**
 * Mends what is served: bad rows into a side file, a fix by the transformation, or back to the last good snapshot.
 * The work is a job, after which the rules run again.
 * @throws AppError forbidden | not_found | precondition | conflict (other rows are served, or another remedy runs)
 */
export async function remediateIncident(
  ctx: Ctx,
  raw: RemediateInput,
): Promise<{ remediationId: string }> {
  const { incidentId, remedy, snapshotId, rows } = RemediateInput.parse(raw);
  const incident = await openIncident(ctx, incidentId);
  await requireDecision(ctx, { action: 'write', product: decisionProduct(incident) });
  const preview = await previewOf(ctx, incident, remedy, true);
  if (preview.snapshotId !== snapshotId || preview.rows !== rows) {
    throw conflict(
      'Other rows are served now than those of the preview. Look at the preview again.',
    );
  }
  if (preview.kind !== 'rollback' && preview.rows === 0) {
    throw precondition('No row breaks this rule now. Run the rules again.');
  }
  const id = newId();
  const { productId } = incident;
  await transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`quality-remediate:${productId}`}))`;
    const busy = await tx.qualityRemediation.findFirst({
      where: { productId, status: { in: ['queued', 'running'] } },
    });
    if (busy)
      throw conflict('The rows of this product are being mended already. Wait until that is done.');
    await tx.qualityRemediation.create({
      data: {
        id,
        incidentId,
        productId,
        kind: remedy.kind,
        config: { ...remedy, ...(preview.target && { snapshotId: preview.target.id }) },
        fromSnapshotId: snapshotId,
        rows: BigInt(rows),
        requestedBy: userIdOf(ctx),
        createdAt: now(),
      },
    });
    await addIncidentEvent(tx, {
      incidentId,
      kind: 'remediation',
      actorId: userIdOf(ctx),
      note: wordsOf(remedy, preview),
      at: now(),
    });
    await enqueue(tx, {
      workflow: 'quality-remediate',
      queue: 'quality',
      key: `remediate:${id}`,
      args: [id],
    });
    audit(tx, ctx, {
      action: `quality.incident.${remedy.kind}`,
      target: { type: 'quality_incident', id: incidentId },
      ...placeOf(incident),
      detail: { remediation: id, rows, fromSnapshot: snapshotId, remedy },
    });
  });
  return { remediationId: id };
}

function wordsOf(remedy: Remedy, { rows, target }: RemedyPreview): string {
  const count = rows.toLocaleString('en');
  switch (remedy.kind) {
    case 'quarantine':
      return `Puts ${count} rows into quarantine.`;
    case 'fix':
      return `Sets ${remedy.column} to ${remedy.expression} in ${count} rows${remedy.isLasting ? ', and in every load to come' : ''}.`;
    case 'rollback':
      return `Goes back to snapshot ${target?.number}.`;
  }
}
