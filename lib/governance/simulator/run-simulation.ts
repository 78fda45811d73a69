import { db, now } from '@/lib/core';
import { parseDocumentAs } from '@/lib/specs';
import { evaluateDescriptor } from '../evaluate';
import { effectivePolicy, effectivePolicyWith } from '../policies';
import type { Finding } from '../rule';
import { productsToCheck } from '../validate';
import { type Both, Comparer, wordsOf } from './compare';
import { type Flip, Flips, type SimulationResult } from './flips';
import { loggedDecisions } from './logged-decisions';
import { loadWorld, questionOf, type World } from './world';

export const DAYS = 30;
const DAY_MS = 86_400_000;

type Draft = Parameters<typeof effectivePolicyWith>[1];

/**
 * Works a queued simulation out. May be repeated: it begins anew. What is wrong is said on the simulation.
 */
export async function runSimulation(id: string): Promise<void> {
  const simulation = await db().policySimulation.findUnique({ where: { id } });
  if (!simulation || simulation.finishedAt) return;
  await db().policySimulationFlip.deleteMany({ where: { simulationId: id } });
  await db().policySimulation.update({
    where: { id },
    data: { status: 'running', startedAt: now() },
  });
  try {
    const result = await simulate(id, simulation.policyId, simulation.policyRev);
    await db().policySimulation.update({
      where: { id },
      data: { status: 'succeeded', finishedAt: now(), result: result as object },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await db().policySimulation.update({
      where: { id },
      data: { status: 'failed', finishedAt: now(), error: message.slice(0, 500) },
    });
  }
}

async function simulate(id: string, policyId: string, rev: number): Promise<SimulationResult> {
  const begun = performance.now();
  const { draft, domainId } = await loadDraft(policyId, rev);
  const policies = new Policies(draft);
  const flips = new Flips(id, (rows) => db().policySimulationFlip.createMany({ data: rows }));
  const since = new Date(now().getTime() - DAYS * DAY_MS);
  await compareProducts(policies, flips, domainId);
  const world = await loadWorld(domainId);
  const comparer = new Comparer();
  await compareGrants(world, policies, comparer, flips);
  await compareDecisions(world, policies, comparer, flips, { since, domainId });
  await flips.flush();
  const { products, grants, decisions, isCut } = flips;
  const durationMs = Math.round(performance.now() - begun);
  return { products, grants, decisions, isCut, since: since.toISOString(), durationMs };
}

async function loadDraft(policyId: string, rev: number) {
  const row = await db().policyDocument.findUniqueOrThrow({
    where: { id: policyId },
    include: { domain: { select: { name: true } } },
  });
  if (row.rev !== rev) throw new Error('The draft was changed meanwhile. Simulate it again.');
  const parsed = parseDocumentAs('DataGovernancePolicy', row.yaml);
  if (!parsed.ok) throw new Error('The draft is not valid any more. Mend it, then simulate again.');
  const domain = row.domain?.name ?? null;
  const draft: Draft = {
    name: row.name,
    version: row.version,
    scope: domain === null ? 'global' : 'domain',
    activatedAt: null,
    activatedBy: null,
    document: parsed.document,
    domain,
  };
  return { draft, domainId: row.domainId };
}

/** Both policies of each domain, merged once. */
class Policies {
  private readonly known = new Map<string, Promise<Both>>();
  constructor(private readonly draft: Draft) {}

  of(domain: string): Promise<Both> {
    const known = this.known.get(domain) ?? this.merge(domain);
    this.known.set(domain, known);
    return known;
  }
  private async merge(domain: string): Promise<Both> {
    const [before, after] = await Promise.all([
      effectivePolicy(domain),
      effectivePolicyWith(domain, this.draft),
    ]);
    return { before, after };
  }
}

async function compareProducts(
  policies: Policies,
  flips: Flips,
  domainId: string | null,
): Promise<void> {
  const where = domainId ? { domainId } : {};
  for await (const { product, descriptor, measured, waivers } of productsToCheck(where)) {
    flips.products.checked += 1;
    const { before, after } = await policies.of(product.domain);
    const waived = new Set(waivers.map((one) => one.ruleId));
    const find = (policy: Both['before']) =>
      worstByRule(evaluateDescriptor(descriptor, policy, measured), waived);
    const [old, fresh] = [find(before), find(after)];
    for (const ruleId of new Set([...old.keys(), ...fresh.keys()])) {
      const direction = weight(fresh.get(ruleId)) - weight(old.get(ruleId));
      if (direction === 0) continue;
      await flips.add({
        kind: 'product',
        direction: direction > 0 ? 'stricter' : 'looser',
        productId: product.id,
        ownerId: product.ownerId,
        subjectId: null,
        action: ruleId,
        before: said(old.get(ruleId)),
        after: said(fresh.get(ruleId)),
        count: 1,
      });
    }
  }
}

const WEIGHT = { error: 3, warning: 2, info: 1 };
const weight = (finding: Finding | undefined) => (finding ? WEIGHT[finding.level] : 0);
const said = (finding: Finding | undefined) =>
  finding ? `${finding.level}: ${finding.message}`.slice(0, 500) : 'nothing found';

function worstByRule(findings: readonly Finding[], waived: ReadonlySet<string>) {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    if (waived.has(finding.ruleId)) continue;
    if (weight(worst.get(finding.ruleId)) < weight(finding)) worst.set(finding.ruleId, finding);
  }
  return worst;
}

async function compareGrants(world: World, policies: Policies, comparer: Comparer, flips: Flips) {
  const at = now();
  for (const grant of [...world.grants.values()].flat()) {
    const product = world.products.get(grant.productId);
    if (!product) continue;
    flips.grants.checked += 1;
    for (const action of grant.permissions) {
      const flip = await flipOf(world, policies, comparer, {
        actorId: grant.subjectId,
        product,
        action,
        purpose: grant.purpose,
        at,
      });
      if (flip) await flips.add({ ...flip, kind: 'grant', count: 1 });
    }
  }
}

async function compareDecisions(
  world: World,
  policies: Policies,
  comparer: Comparer,
  flips: Flips,
  options: { since: Date; domainId: string | null },
) {
  const domains = new Set([...world.products.values()].map((product) => product.domain));
  const all = await Promise.all([...domains].map((domain) => policies.of(domain)));
  const byHour = all.some(({ before, after }) =>
    [...before.conditions, ...after.conditions].some(({ value }) => value.require.hours),
  );
  const { since, domainId } = options;
  for await (const logged of loggedDecisions(since, { domainId, byHour })) {
    flips.decisions.checked += logged.count;
    const product = world.products.get(logged.productId);
    if (!product || !world.people.has(logged.actorId)) {
      flips.decisions.skipped += logged.count;
      continue;
    }
    const action = logged.action.replace(/^product\./, '');
    const question = { ...logged, product, action, purpose: logged.purpose ?? undefined };
    const flip = await flipOf(world, policies, comparer, question);
    if (flip) await flips.add({ ...flip, kind: 'decision', count: logged.count });
  }
}

async function flipOf(
  world: World,
  policies: Policies,
  comparer: Comparer,
  question: Parameters<typeof questionOf>[1],
): Promise<Omit<Flip, 'kind' | 'count'> | null> {
  const input = questionOf(world, question);
  if (!input) return null;
  const both = await policies.of(question.product.domain);
  const { before, after } = await comparer.compare(both, input);
  if (before.allow === after.allow) return null;
  return {
    direction: after.allow ? 'looser' : 'stricter',
    productId: question.product.id,
    ownerId: question.product.ownerId,
    subjectId: question.actorId,
    action: question.action,
    before: wordsOf(before).slice(0, 500),
    after: wordsOf(after).slice(0, 500),
  };
}
