import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { flushAudit, verifyAudit } from '@/lib/audit';
import { type Ctx, isAppError, now, pool, type UserActor } from '@/lib/core';
import { decide, effectivePolicy, requireDecision } from '@/lib/governance';
import { compilePolicy } from '@/lib/governance/compile';
import { requestOf } from '@/lib/governance/decide-with';
import { loadFacts } from '@/lib/governance/facts';
import { withDatabase } from './support/database';
import { makeWorld, setPolicies, type World } from './support/decision-world';
import { at, inTurns, type Measured, measure } from './support/measure';
import { measurePropagation } from './support/propagation';

/**
 * Access decisions with 50 and with 1,000 Cedar policies of stewards in force, 1,000 people, 1,000 products and
 * 100,000 grants: worked out anew (facts read from PostgreSQL, Cedar asked), from the cache, and durable (waited
 * for until the audit row is committed with fsync). The baseline is cedar-wasm alone in the same process: every
 * policy in force in one set parsed beforehand, asked the same requests, in turns with the portal's. Then the time until a second process
 * follows a change. Ratios compare machines better than the numbers do.
 */
const SIZES = [50, 1000];
const WAITING = 128;
const ONE = { callers: 1, budgetMs: 3000 };
/** The two that are compared run in turns of a second each. */
const TURNS = 7;
const TURN_MS = 1000;
const CALLERS = 64;
const DURABLE = { callers: WAITING, budgetMs: 3000 };
const SAMPLE = 1000;
const NAME = 46;

/** Pairs that do not come again before every reader has met every product. */
function pair({ readers, products }: World, index: number) {
  const shift = Math.floor(index / readers.length);
  const ctx = readers[index % readers.length]!;
  const product = products[(index * 7 + shift) % products.length]!;
  return { ctx, request: { action: 'read' as const, product } };
}

/** The requests that Cedar is asked for the first pairs, with the facts that belong to them. */
async function rawRequests(world: World) {
  const policy = await effectivePolicy('sales');
  return Promise.all(
    Array.from({ length: SAMPLE }, async (_, index) => {
      const { ctx, request } = pair(world, index);
      const { id, memberships } = ctx.actor as UserActor;
      const { product, action } = request;
      const facts = await loadFacts(id, product.id);
      const person = { id, role: memberships[0]?.role ?? null };
      return requestOf({ policy, action, product, person, facts, at: now() });
    }),
  );
}

/** Asks cedar-wasm alone. */
async function rawWork(world: World): Promise<(index: number) => unknown> {
  const requests = await rawRequests(world);
  const compiled = compilePolicy(await effectivePolicy('sales'));
  const staticPolicies = Object.fromEntries(compiled.map((one) => [one.id, one.text]));
  preparsePolicySet('bench', { staticPolicies });
  return (index) => {
    const { principal, action, productId, context, entities } = requests[index % SAMPLE]!;
    const resource = { type: 'Product', id: productId };
    const call = { principal, action: { type: 'Action', id: action }, resource, context, entities };
    return statefulIsAuthorized({ ...call, preparsedPolicySetId: 'bench' });
  };
}

/** Decides and records; a refusal is an answer too. */
async function durable({
  ctx,
  request,
}: {
  ctx: Ctx;
  request: ReturnType<typeof pair>['request'];
}) {
  await requireDecision(ctx, request).catch((error: unknown) => {
    if (!isAppError(error) || error.code !== 'forbidden') throw error;
  });
}

async function round(world: World, size: number): Promise<void> {
  await setPolicies(size);
  let fresh = 0;
  let allowed = 0;
  const next = async () => {
    const { ctx, request } = pair(world, fresh++);
    if ((await decide(ctx, request)).allow) allowed += 1;
  };
  // The first decision loads the policies and prepares them.
  await next();
  const compared = await inTurns(
    TURNS,
    { callers: 1, budgetMs: TURN_MS, work: await rawWork(world) },
    { callers: CALLERS, budgetMs: TURN_MS, work: next },
  );
  const share = Math.round((allowed / fresh) * 100);
  console.log(`${size} Cedar policies of stewards (${share}% of the new decisions allowed)`);
  const raw = compared.first.perSecond;
  print('cedar-wasm alone, all policies parsed before', compared.first, 1);
  print(`decide, worked out anew, ${CALLERS} at a time`, compared.second, compared.ratio);
  const again = (index: number) => pair(world, index % SAMPLE);
  const repeat = (index: number) => decide(again(index).ctx, again(index).request);
  for (let index = 0; index < SAMPLE; index += 1) await repeat(index);
  const cached = await measure(ONE, repeat);
  print('decide, from the cache', cached, cached.perSecond / raw);
  const written = await measure(DURABLE, (index) => durable(again(index)));
  print(`decide and record durably, ${WAITING} waiting`, written, written.perSecond / raw);
  const seen = await measurePropagation(world);
  for (const [what, times] of Object.entries(seen)) {
    const sorted = times.toSorted((a: number, b: number) => a - b);
    const figures = `median ${at(sorted, 0.5).toFixed(0)} ms, longest ${at(sorted, 1).toFixed(0)} ms`;
    const name = `${what} changed, another process follows`.padEnd(NAME);
    console.log(`  ${name} ${figures} (${times.length} changes)`);
  }
}

function print(name: string, { perSecond, p50Ms, p99Ms }: Measured, ratio: number): void {
  const rate = `${Math.round(perSecond).toString().padStart(8)}/s`;
  const latency = `p50 ${p50Ms.toFixed(3).padStart(8)} ms  p99 ${p99Ms.toFixed(3).padStart(8)} ms`;
  console.log(`  ${name.padEnd(NAME)} ${rate} ${ratio.toFixed(2).padStart(8)} × alone  ${latency}`);
}

await withDatabase(async () => {
  const world = await makeWorld();
  const { rows } = await pool().query<{ count: string }>('select count(*) from "grant"');
  console.log(`${rows[0]?.count} grants`);
  for (const size of SIZES) await round(world, size);
  await flushAudit();
  const start = performance.now();
  const report = await verifyAudit();
  const perSecond = Math.round(report.rows / ((performance.now() - start) / 1000));
  console.log(`audit verified: ${report.ok}, ${report.rows} rows at ${perSecond}/s`);
  if (!report.ok) process.exitCode = 1;
});
