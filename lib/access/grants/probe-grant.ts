import { setTimeout as after } from 'node:timers/promises';
import { probeAddress } from '@/lib/auth';
import { db } from '@/lib/core';
import { askPortal, NO_ANSWER } from '@/lib/slo';
import type { GrantTerms } from '@/lib/specs';

/** A process hears of a grant within a second; a web process that starts again needs longer. */
const HEARD_MS = 3000;
const STARTED_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Reads the product in the place of whom the grant is for, through the portal's public address.
 * @returns null when the read gave what the grant promises, else why not
 */
export async function probeGrant(grantId: string): Promise<string | null> {
  const grant = await db().grant.findUniqueOrThrow({
    where: { id: grantId },
    include: { product: { include: { domain: { select: { name: true } } } } },
  });
  const { product, readerId } = grant;
  const address = probeAddress(product.domain.name, product.name);
  const as = { userId: await probedId(grant), ...(readerId && { readerId }) };
  const startedAt = Date.now();
  for (;;) {
    const { status, error, body } = await askPortal(address, as);
    if (status === 200) return misfit(body, grant.terms as GrantTerms | null);
    const patience = status === NO_ANSWER ? STARTED_MS : HEARD_MS;
    if (Date.now() - startedAt > patience) {
      return `A read in the place of the consumer got ${status || 'no answer'}${error ? `: ${error}` : ''}`;
    }
    await after(PAUSE_MS);
  }
}

/** A product reads with its owner's rights, whoever that is now. */
async function probedId({ readerId, subjectId }: { readerId: string | null; subjectId: string }) {
  if (!readerId) return subjectId;
  const reader = await db().product.findUniqueOrThrow({ where: { id: readerId } });
  return reader.ownerId;
}

/** No column may be there that the approval did not name. */
function misfit(body: string, terms: GrantTerms | null): string | null {
  const { columns } = JSON.parse(body) as { columns: { name: string }[] };
  const open = terms?.columns;
  const extra = open ? columns.find(({ name }) => !(name in open)) : undefined;
  return extra ? `The answer shows the column "${extra.name}", which was not approved` : null;
}
