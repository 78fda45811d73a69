import { now, type Tx } from '@/lib/core';
import type { loadVersion } from './tell';
import { windowEnd } from './window';

type Gated = Pick<
  Awaited<ReturnType<typeof loadVersion>>,
  'id' | 'bump' | 'overriddenById' | 'createdAt' | 'windowDays'
>;

/** Why a proposal may not take effect yet, in words; null when it may. One of the checks of staging → production. */
export async function gateOf(tx: Tx, version: Gated): Promise<string | null> {
  if (version.bump !== 'major' || version.overriddenById) return null;
  const waiting = await tx.contractAcknowledgement.count({
    where: { versionId: version.id, acknowledgedAt: null },
  });
  const end = windowEnd(version);
  if (waiting === 0 || end <= now()) return null;
  const who = waiting === 1 ? 'One consumer has' : `${waiting} consumers have`;
  return `${who} not acknowledged it. It can take effect when they have, from ${end.toISOString().slice(0, 10)} on, or when a steward or a data admin of the domain overrides with a reason.`;
}
