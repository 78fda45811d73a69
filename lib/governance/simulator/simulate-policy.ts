import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, db, enqueue, newId, notFound, now, transact } from '@/lib/core';
import { requireSound, scopeOf } from '../lifecycle/decide-draft';
import { actorId, loadVersion, movedOn, requireScope } from '../lifecycle/load';
import type { SimulationResult } from './flips';

export const SimulatePolicyInput = z.object({
  policyId: z.string().min(1).max(100),
  rev: z.int32().min(1),
});
export type SimulatePolicyInput = z.input<typeof SimulatePolicyInput>;

/**
 * Has a draft tried on every product, grant and decision of the last 30 days; nothing changes by it.
 * @throws AppError forbidden | not_found | conflict | invalid when the draft has errors
 */
export async function simulatePolicy(
  ctx: Ctx,
  raw: SimulatePolicyInput,
): Promise<{ simulationId: string }> {
  const { policyId, rev } = SimulatePolicyInput.parse(raw);
  const simulationId = newId();
  await transact(async (tx) => {
    const draft = await loadVersion(tx, ctx, policyId);
    if (draft.stage !== 'draft' && draft.stage !== 'grace') {
      throw conflict(`Version ${draft.version} is ${draft.stage}: there is nothing to try out.`);
    }
    if (draft.rev !== rev) throw movedOn(draft.rev);
    await requireSound(draft);
    const busy = await tx.policySimulation.findFirst({
      where: { policyId, policyRev: rev, status: { in: ['queued', 'running'] } },
    });
    if (busy) throw conflict('This draft is being simulated already.');
    await tx.policySimulation.create({
      data: {
        id: simulationId,
        policyId,
        policyRev: rev,
        requestedBy: actorId(ctx),
        createdAt: now(),
      },
    });
    const { name, version } = draft;
    audit(tx, ctx, { action: 'policy.simulate', ...scopeOf(draft), detail: { name, version } });
    await enqueue(tx, {
      workflow: 'policy-simulation',
      queue: 'compliance',
      key: `policy-simulation:${simulationId}`,
      args: [simulationId],
    });
  });
  return { simulationId };
}

export interface SimulationSummary {
  id: string;
  status: string;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
  /** The draft was changed since. */
  isStale: boolean;
  result: SimulationResult | null;
}
export interface FlipRow {
  ordinal: number;
  kind: string;
  direction: string;
  product: string;
  title: string;
  owner: string;
  subject: string | null;
  action: string;
  before: string;
  after: string;
  count: number;
}
const PAGE = 50;
const KINDS = ['product', 'grant', 'decision'] as const;

export const SimulationFilter = z.object({
  kind: z.enum(KINDS).optional().catch(undefined),
  direction: z.enum(['stricter', 'looser']).optional().catch(undefined),
  after: z.coerce.number().int().min(0).optional().catch(undefined),
});
export type SimulationFilter = z.input<typeof SimulationFilter>;

/** The policy's draft or version in grace. @throws AppError not_found | forbidden */
async function latestOpen(ctx: Ctx, name: string) {
  const version = await db().policyDocument.findFirst({
    where: { name, stage: { in: ['draft', 'grace'] } },
    orderBy: { version: 'desc' },
    select: { id: true, rev: true, version: true, domainId: true },
  });
  if (!version) throw notFound(`A draft of ${name.slice(0, 63)}`);
  requireScope(ctx, 'policy.draft', version.domainId);
  return version;
}

const findLast = (policyId: string) =>
  db().policySimulation.findFirst({ where: { policyId }, orderBy: { createdAt: 'desc' } });

/** The newest simulation of a policy's draft with a page of what flips; null before the first. */
export async function getSimulation(ctx: Ctx, name: string, raw: SimulationFilter = {}) {
  const { id: policyId, rev, version } = await latestOpen(ctx, name);
  const { kind, direction, after } = SimulationFilter.parse(raw);
  const last = await findLast(policyId);
  const rows = last ? await readFlips(last.id, { kind, direction, after }, PAGE + 1) : [];
  const flips = rows.slice(0, PAGE);
  const simulation: SimulationSummary | null = last && {
    id: last.id,
    status: last.status,
    error: last.error,
    createdAt: last.createdAt.toISOString(),
    finishedAt: last.finishedAt?.toISOString() ?? null,
    isStale: last.policyRev !== rev,
    result: last.status === 'succeeded' ? (last.result as unknown as SimulationResult) : null,
  };
  return {
    policyId,
    rev,
    version,
    simulation,
    flips,
    nextPage: rows.length > PAGE ? String(flips.at(-1)?.ordinal) : null,
  };
}

async function readFlips(
  simulationId: string,
  filter: z.output<typeof SimulationFilter>,
  take: number,
): Promise<FlipRow[]> {
  const rows = await db().policySimulationFlip.findMany({
    where: {
      simulationId,
      ...(filter.kind && { kind: filter.kind }),
      ...(filter.direction && { direction: filter.direction }),
      ...(filter.after !== undefined && { ordinal: { gt: filter.after } }),
    },
    orderBy: { ordinal: 'asc' },
    take,
  });
  const ids = (pick: (row: (typeof rows)[number]) => string | null) => [
    ...new Set(rows.flatMap((row) => pick(row) ?? [])),
  ];
  const [products, people] = await Promise.all([
    db().product.findMany({
      where: { id: { in: ids((row) => row.productId) } },
      select: { id: true, name: true, title: true, domain: { select: { name: true } } },
    }),
    db().user.findMany({
      where: { id: { in: [...ids((row) => row.ownerId), ...ids((row) => row.subjectId)] } },
      select: { id: true, email: true },
    }),
  ]);
  const emails = new Map(people.map((one) => [one.id, one.email]));
  const byId = new Map(products.map((one) => [one.id, one]));
  return rows.map(({ productId, ownerId, subjectId, simulationId: _, ...row }) => {
    const product = byId.get(productId);
    return {
      ...row,
      product: product ? `${product.domain.name}/${product.name}` : productId,
      title: product?.title ?? 'A product that is gone',
      owner: emails.get(ownerId) ?? 'unknown',
      subject: subjectId && (emails.get(subjectId) ?? 'somebody who is gone'),
    };
  });
}

const COLUMNS = [
  'kind',
  'direction',
  'product',
  'owner',
  'subject',
  'action',
  'before',
  'after',
  'count',
] as const;
const BATCH = 1000;

/** Everything that flips, as rows for a CSV file; the first is the header. */
export async function exportSimulation(
  ctx: Ctx,
  name: string,
): Promise<AsyncGenerator<readonly string[]>> {
  const { id: policyId } = await latestOpen(ctx, name);
  const last = await findLast(policyId);
  if (last?.status !== 'succeeded') throw notFound('A finished simulation of this draft');
  return (async function* lines() {
    yield COLUMNS;
    for (let after: number | undefined; ; ) {
      const rows = await readFlips(last.id, { after }, BATCH);
      for (const row of rows) yield COLUMNS.map((column) => String(row[column] ?? ''));
      after = rows.at(-1)?.ordinal;
      if (rows.length < BATCH) return;
    }
  })();
}

const KEPT_DAYS = 90;

/** Removes simulations of long ago. @returns how many */
export async function removeOldSimulations(): Promise<number> {
  const { count } = await db().policySimulation.deleteMany({
    where: { createdAt: { lt: new Date(now().getTime() - KEPT_DAYS * 86_400_000) } },
  });
  return count;
}
