import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { db, notify, now, signStatement, systemCtx, transact } from '@/lib/core';
import { effectivePolicy } from '@/lib/governance';
import { sealOptOut } from '@/lib/platform';
import type { Durable } from '@/lib/provisioning';
import { removeArchives, writeArchive } from './archive';
import { type ErasureDetail, eraseIn, rebuildDerived, settleDerived } from './erase';
import { type Deed, kindOf } from './kinds';
import { purgeUploads } from './plan-erasure';
import { openSubject, receiptHash } from './subject';

export const RECEIPT_TYPE = 'portolan-privacy-receipt';
const WAIT_MS = 500;
const MAX_WAITS = 2400;

const load = (id: string) =>
  db().privacyRequest.findUniqueOrThrow({
    where: { id },
    include: { findings: { orderBy: [{ via: 'asc' }, { id: 'asc' }] } },
  });

/**
 * Carries a reviewed request out: every step may be repeated, so that a worker that dies is followed by another.
 * What fails is said on the request, which can be run again.
 */
export async function executePrivacyRequest(
  durable: Durable,
  checkpoint: (name: string) => Promise<void>,
  id: string,
): Promise<void> {
  const request = await load(id);
  if (request.status !== 'running') return;
  const does = kindOf(request.regulation, request.kind)?.does;
  try {
    if (does === 'erase') await erase(durable, checkpoint, id);
    else if (does === 'opt_out') await optOut(durable, id);
    else if (does === 'export') await durable.step('archive', () => withSubject(id, writeArchive));
    await durable.step('finish', () => finish(id, does ?? 'export'));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await durable.step('fail', () => fail(id, message));
  }
}

async function withSubject(
  id: string,
  work: (id: string, identifier: string) => Promise<void>,
): Promise<void> {
  const { sealedSubject, status } = await load(id);
  // The identifier is destroyed with the last step: a repeated one has nothing left to do.
  if (!sealedSubject || status !== 'running') return;
  await work(id, await openSubject(sealedSubject));
}

async function erase(
  durable: Durable,
  checkpoint: (name: string) => Promise<void>,
  id: string,
): Promise<void> {
  const { findings } = await load(id);
  const own = findings.filter((one) => one.via === 'declared' && one.status !== 'held');
  for (const { id: findingId } of own) {
    await durable.step(`erase ${findingId}`, () =>
      withSubject(id, async (_id, identifier) => {
        const finding = await db().privacyFinding.findUniqueOrThrow({ where: { id: findingId } });
        if (finding.status !== 'done') await eraseIn(finding, identifier, checkpoint);
      }),
    );
  }
  await durable.step('uploads', () =>
    withSubject(id, async (_id, identifier) => {
      const purged = await purgeUploads(
        identifier,
        own.map((one) => one.productId),
      );
      const { subjectDigest } = await load(id);
      await removeArchives({ subjectDigest });
      if (purged > 0) await checkpoint('purged');
    }),
  );
  await rebuildAll(durable, id, 'erase');
}

/** From here on no reader gets the person's rows; what is derived from them is loaded anew without them. */
async function optOut(durable: Durable, id: string): Promise<void> {
  await durable.step('opt out', () =>
    withSubject(id, async (_id, identifier) => {
      const { subjectDigest } = await load(id);
      const record = await sealOptOut(identifier, subjectDigest, id);
      await transact(async (tx) => {
        await record(tx);
        // A hold keeps rows from being destroyed; these stay, and are shown to nobody.
        const where = { requestId: id, via: 'declared' };
        await tx.privacyFinding.updateMany({ where, data: { status: 'done' } });
      });
    }),
  );
  await rebuildAll(durable, id, 'opt_out');
}

async function rebuildAll(durable: Durable, id: string, does: Deed): Promise<void> {
  const { findings } = await load(id);
  for (const { id: findingId } of findings.filter((one) => one.via === 'lineage')) {
    const reload = () => db().privacyFinding.findUniqueOrThrow({ where: { id: findingId } });
    await durable.step(`rebuild ${findingId}`, async () => {
      await rebuildDerived(await reload());
    });
    for (let wait = 1; wait <= MAX_WAITS; wait += 1) {
      const state = await durable.step(`settle ${findingId}`, async () =>
        settleDerived(await reload(), does, wait === MAX_WAITS),
      );
      if (state === 'settled') break;
      await durable.sleep(WAIT_MS);
    }
  }
}

/** The receipt is signed, and with it the last trace of the identifier is destroyed. */
async function finish(id: string, does: Deed): Promise<void> {
  const request = await load(id);
  if (request.status !== 'running' || !request.sealedSubject) return;
  const identifier = await openSubject(request.sealedSubject);
  const receipt = await signStatement(RECEIPT_TYPE, await claimsOf(request, does, identifier));
  const { regulation, kind, requestedById } = request;
  await transact(async (tx) => {
    const { count } = await tx.privacyRequest.updateMany({
      where: { id, status: 'running' },
      data: {
        status: 'completed',
        completedAt: now(),
        sealedSubject: null,
        receipt,
        error: null,
        rev: { increment: 1 },
      },
    });
    if (count === 0) return;
    audit(tx, systemCtx('privacy'), {
      action: 'privacy.complete',
      target: { type: 'privacy_request', id },
      detail: {
        regulation,
        kind,
        products: request.findings.map(({ productId, status }) => ({ productId, status })),
      },
    });
    await raiseAlert(tx, {
      kind: 'privacy.completed',
      level: 'info',
      title: `${regulation.toUpperCase()} ${kind.replace('_', '-')}: completed`,
      href: `/governance/privacy/${id}`,
      to: { stewards: true, userIds: requestedById ? [requestedById] : [] },
      dedupeKey: `privacy.completed:${id}`,
    });
    await notify(tx, 'portolan_run', id);
  });
}

async function claimsOf(
  request: Awaited<ReturnType<typeof load>>,
  does: Deed,
  identifier: string,
): Promise<object> {
  const products = await db().product.findMany({
    where: { id: { in: request.findings.map((one) => one.productId) } },
    select: { id: true, name: true, domain: { select: { name: true } } },
  });
  const policy = await effectivePolicy(null);
  return {
    request: request.id,
    regulation: request.regulation,
    kind: request.kind,
    article: kindOf(request.regulation, request.kind)?.article,
    receivedAt: request.receivedAt.toISOString(),
    completedAt: now().toISOString(),
    policies: policy.version,
    subject: receiptHash(identifier),
    ...(request.archiveSha256 && { archive: { sha256: request.archiveSha256 } }),
    products: request.findings.map(({ productId, environment, status, via, rowCount, detail }) => {
      const product = products.find((one) => one.id === productId);
      const { rowsErased, destroyed, written } = (detail ?? {}) as ErasureDetail;
      return {
        product: product && `${product.domain.name}/${product.name}`,
        environment,
        via,
        outcome: status === 'found' ? does : status,
        rows: Number(rowCount),
        ...(rowsErased !== undefined && { rowsErased }),
        ...(destroyed && { destroyed }),
        ...(written && { written }),
      };
    }),
  };
}

async function fail(id: string, message: string): Promise<void> {
  await transact(async (tx) => {
    const { count } = await tx.privacyRequest.updateMany({
      where: { id, status: { in: ['running', 'searching'] } },
      data: { status: 'failed', error: message.slice(0, 500), rev: { increment: 1 } },
    });
    if (count === 0) return;
    audit(tx, systemCtx('privacy'), {
      action: 'privacy.fail',
      target: { type: 'privacy_request', id },
    });
    await notify(tx, 'portolan_run', id);
  });
}

export { fail as failPrivacyRequest };
