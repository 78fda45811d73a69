import { raiseAlert } from '@/lib/alerts';
import { type Ctx, db, pool, type Tx } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { contractAt } from '@/lib/platform';
import { mayReadRows } from './incidents/scope';

/** What the newest check of an older version found, by the rules of its own contract. */
export interface VersionQuality {
  /** Where the version is served: "v1". */
  environment: string;
  at: string;
  scores: Record<string, number>;
  rules: number;
  passed: number;
  /** Rules that are not met; without what the data told for those who may not read it. */
  failing: { name: string; status: string; message: string; failing: number; checked: number }[];
}

/** The newest run over each older version, or over the rows that it took along from its time in production. */
const NEWEST = `select distinct on (e.environment) e.environment, q.id
  from product_environment e
  join quality_run q on q."productId" = e."productId" and q."finishedAt" is not null
    and (q.environment = e.environment or q."snapshotId" = e."snapshotId")
  where e."productId" = $1 and e.status = 'live' and e.environment ~ '^v[0-9]+$'
  order by e.environment, q."startedAt" desc`;

/** Quality of the older versions that are still served; those that were never checked are left out. @throws AppError not_found */
export async function versionsQuality(ctx: Ctx, productId: string): Promise<VersionQuality[]> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const mayRead = await mayReadRows(ctx, productId);
  const { rows } = await pool().query<{ environment: string; id: string }>(NEWEST, [productId]);
  const runs = await db().qualityRun.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    include: { results: { include: { rule: { select: { name: true } } } } },
  });
  const byId = new Map(runs.map((run) => [run.id, run]));
  return rows.flatMap(({ environment, id }) => {
    const run = byId.get(id);
    if (!run) return [];
    const failing = run.results.filter((one) => !one.passed);
    return [
      {
        environment,
        at: run.startedAt.toISOString(),
        scores: run.scores as Record<string, number>,
        rules: run.results.length,
        passed: run.results.length - failing.length,
        failing: failing
          .map(({ rule, status, message, failing: bad, checked }) => ({
            ...{ name: rule.name, status, message: mayRead ? message : '' },
            ...{ failing: Number(bad), checked: Number(checked) },
          }))
          .sort((a, b) => a.name.localeCompare(b.name)),
      },
    ];
  });
}

interface Round {
  productId: string;
  environment: string;
  runId: string;
  results: readonly { rule: { id: string; name: string }; passed: boolean }[];
}

/** Tells the owner of rules that an older version met at its last check and does not meet any more. */
export async function tellOfVersion(tx: Tx, round: Round): Promise<void> {
  const { productId, environment, runId, results } = round;
  const before = await tx.qualityRun.findFirst({
    where: { productId, environment, id: { not: runId } },
    orderBy: { startedAt: 'desc' },
    select: { results: { where: { passed: false }, select: { ruleId: true } } },
  });
  const known = new Set(before?.results.map(({ ruleId }) => ruleId));
  const fresh = results.filter(({ rule, passed }) => !passed && !known.has(rule.id));
  if (fresh.length === 0) return;
  const { version } = await contractAt(productId, environment);
  const product = await tx.product.findUniqueOrThrow({
    where: { id: productId },
    select: { title: true, name: true, ownerId: true, domainId: true, domain: true },
  });
  const { title, name, ownerId, domainId, domain } = product;
  const many = fresh.length === 1 ? 'A quality rule fails' : `${fresh.length} quality rules fail`;
  await raiseAlert(tx, {
    kind: 'quality.failed',
    level: 'warning',
    title: `${many} in version ${version ?? environment.slice(1)} of ${title}`,
    body: fresh
      .slice(0, 10)
      .map(({ rule }) => rule.name)
      .join('\n'),
    href: `/products/${domain.name}/${name}/versions`,
    to: { userIds: [ownerId] },
    ...{ productId, domainId, dedupeKey: `quality.failed:${runId}` },
    data: { run: runId, environment },
  });
}
