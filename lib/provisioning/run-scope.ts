import { db } from '@/lib/core';

/** What taking a run back means, worked out from what it did so far. */
export interface RunScope {
  /** Steps to undo; they are undone from the last to the first. */
  ordinals: number[];
  /** The product was never live: it becomes its draft again. */
  reopensDraft: boolean;
  /** Its staging passed the tests and stays. */
  endsHeld: boolean;
}

const NEVER_LIVE = new Set(['development', 'testing', 'staging']);

export async function scopeOf(runId: string): Promise<RunScope> {
  const run = await db().provisioningRun.findUniqueOrThrow({
    where: { id: runId },
    include: {
      product: { select: { status: true } },
      steps: { orderBy: { ordinal: 'asc' }, select: { ordinal: true, environment: true } },
    },
  });
  const isTested = run.candidateId !== null && run.cancelledAt === null;
  const keepsStaging = run.kind !== 'provision' || isTested;
  const ordinals = run.steps
    .filter((step) => !keepsStaging || step.environment === 'production')
    .map((step) => step.ordinal);
  return {
    ordinals,
    reopensDraft: !keepsStaging && NEVER_LIVE.has(run.product.status),
    endsHeld: run.kind === 'provision' && isTested,
  };
}
