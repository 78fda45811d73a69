import { type Ctx, db, listen, log, notFound } from '@/lib/core';
import { checkDocumentAs } from '@/lib/specs';
import { type EffectivePolicy, mergePolicies, type PolicyInForce } from './effective';
import { requireSignedIn } from './require-signed-in';

interface Loaded {
  global: PolicyInForce[];
  byDomain: Map<string, PolicyInForce[]>;
}
interface Cache {
  loaded?: Promise<Loaded>;
  effective: Map<string, EffectivePolicy>;
  listening?: Promise<unknown>;
}
const store = globalThis as { __portolanPolicies?: Cache };

function cache(): Cache {
  store.__portolanPolicies ??= { effective: new Map() };
  return store.__portolanPolicies;
}

function drop(): void {
  const held = cache();
  held.loaded = undefined;
  held.effective = new Map();
}

async function load(): Promise<Loaded> {
  const rows = await db().policyDocument.findMany({
    where: { stage: 'enforced' },
    orderBy: [{ name: 'asc' }, { version: 'desc' }],
    select: { name: true, version: true, document: true, domain: { select: { name: true } } },
  });
  const loaded: Loaded = { global: [], byDomain: new Map() };
  const seen = new Set<string>();
  for (const row of rows) {
    if (seen.has(row.name)) continue;
    seen.add(row.name);
    const parsed = checkDocumentAs('DataGovernancePolicy', row.document);
    if (!parsed.ok) {
      // A rule left out may open data: nothing is decided by half a policy.
      log().error({ policy: row.name, issues: parsed.issues }, 'a stored policy is not valid');
      throw new Error(`The stored policy ${row.name} v${row.version} is not valid.`);
    }
    const policy = { name: row.name, version: row.version, document: parsed.document };
    const domain = row.domain?.name;
    if (domain === undefined) loaded.global.push({ ...policy, scope: 'global' });
    else {
      const list = loaded.byDomain.get(domain) ?? [];
      loaded.byDomain.set(domain, [...list, { ...policy, scope: 'domain' }]);
    }
  }
  return loaded;
}

/** The policies in force for a domain, from the process's cache; NOTIFY portolan_policy drops it. */
export async function effectivePolicy(domain: string | null): Promise<EffectivePolicy> {
  const held = cache();
  held.listening ??= listen('portolan_policy', drop);
  await held.listening;
  held.loaded ??= load();
  const loading = held.loaded;
  const loaded = await loading.catch((error: unknown) => {
    if (held.loaded === loading) held.loaded = undefined;
    throw error;
  });
  const known = held.loaded === loading ? held.effective.get(domain ?? '') : undefined;
  if (known) return known;
  const own = domain === null ? [] : (loaded.byDomain.get(domain) ?? []);
  const merged = mergePolicies(domain, [...loaded.global, ...own]);
  if (held.loaded === loading && held.effective.size < 10_000) {
    held.effective.set(domain ?? '', merged);
  }
  return merged;
}

export interface PolicySummary {
  name: string;
  version: number;
  stage: string;
  domain: { name: string; title: string } | null;
  reason: string;
  activatedAt: string | null;
}

/** The policies in force, the organisation's first. */
export async function listPolicies(ctx: Ctx): Promise<PolicySummary[]> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const rows = await db().policyDocument.findMany({
    where: { stage: 'enforced' },
    orderBy: [{ name: 'asc' }, { version: 'desc' }],
    distinct: ['name'],
    select: SUMMARY,
  });
  const list = rows.map(toSummary);
  return [...list.filter((one) => !one.domain), ...list.filter((one) => one.domain)];
}

export interface PolicyDetail extends PolicySummary {
  yaml: string;
  versions: { version: number; stage: string; createdAt: string; reason: string }[];
}

export async function getPolicy(ctx: Ctx, name: string): Promise<PolicyDetail> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const rows = await db().policyDocument.findMany({
    where: { name },
    orderBy: { version: 'desc' },
    select: { ...SUMMARY, yaml: true, createdAt: true },
  });
  const shown = rows.find((row) => row.stage === 'enforced') ?? rows[0];
  if (!shown) throw notFound(`The policy ${name}`);
  return {
    ...toSummary(shown),
    yaml: shown.yaml,
    versions: rows.map(({ version, stage, createdAt, reason }) => ({
      version,
      stage,
      createdAt: createdAt.toISOString(),
      reason,
    })),
  };
}

const SUMMARY = {
  name: true,
  version: true,
  stage: true,
  reason: true,
  activatedAt: true,
  domain: { select: { name: true, title: true } },
} as const;

function toSummary(row: {
  name: string;
  version: number;
  stage: string;
  reason: string;
  activatedAt: Date | null;
  domain: { name: string; title: string } | null;
}): PolicySummary {
  const { name, version, stage, reason, domain, activatedAt } = row;
  return { name, version, stage, reason, domain, activatedAt: activatedAt?.toISOString() ?? null };
}

/** @param domain a domain's slug; null for what holds everywhere */
export async function getEffectivePolicy(
  ctx: Ctx,
  domain: string | null,
): Promise<EffectivePolicy> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  const isKnown = domain === null || (await db().domain.count({ where: { name: domain } })) > 0;
  if (!isKnown) throw notFound(`The domain ${domain}`);
  return effectivePolicy(domain);
}

/** The domains that policies may hold in, by title. */
export async function listPolicyDomains(ctx: Ctx): Promise<{ name: string; title: string }[]> {
  requireSignedIn(ctx, ['governance:read', 'catalog:read']);
  return db().domain.findMany({
    where: { archivedAt: null },
    orderBy: { title: 'asc' },
    select: { name: true, title: true },
  });
}
