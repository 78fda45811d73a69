import { db, isHearing, listen, log } from '@/lib/core';
import { checkDocumentAs } from '@/lib/specs';
import type { EffectivePolicy, PolicyInForce, PolicyRef } from './effective';
import { mergePolicies } from './merge';

interface Stored extends PolicyInForce {
  domain: string | null;
  graceUntil: Date | null;
}
interface Loaded {
  enforced: Stored[];
  grace: Stored[];
}
export interface PolicyInGrace {
  /** The policy as it would be with the version that is in grace. */
  policy: EffectivePolicy;
  graceUntil: Date;
  ref: PolicyRef;
}
interface Cache {
  loaded?: Promise<Loaded>;
  effective: Map<string, EffectivePolicy>;
  /** A reading that has not begun yet. */
  next?: Promise<Loaded> | undefined;
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
    where: { stage: { in: ['enforced', 'grace'] } },
    orderBy: [{ name: 'asc' }, { version: 'desc' }],
    select: {
      name: true,
      version: true,
      stage: true,
      document: true,
      activatedAt: true,
      activatedById: true,
      graceUntil: true,
      domain: { select: { name: true } },
    },
  });
  const people = await db().user.findMany({
    where: { id: { in: rows.flatMap((row) => row.activatedById ?? []) } },
    select: { id: true, email: true },
  });
  const emails = new Map(people.map((one) => [one.id, one.email]));
  const loaded: Loaded = { enforced: [], grace: [] };
  const seen = new Set<string>();
  for (const row of rows) {
    const key = `${row.stage}/${row.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const parsed = checkDocumentAs('DataGovernancePolicy', row.document);
    if (!parsed.ok) {
      // A rule left out may open data: nothing is decided by half a policy.
      log().error({ policy: row.name, issues: parsed.issues }, 'a stored policy is not valid');
      throw new Error(`The stored policy ${row.name} v${row.version} is not valid.`);
    }
    const domain = row.domain?.name ?? null;
    loaded[row.stage === 'grace' ? 'grace' : 'enforced'].push({
      name: row.name,
      version: row.version,
      scope: domain === null ? 'global' : 'domain',
      activatedAt: row.activatedAt?.toISOString() ?? null,
      activatedBy: emails.get(row.activatedById ?? '') ?? null,
      graceUntil: row.graceUntil,
      document: parsed.document,
      domain,
    });
  }
  return loaded;
}

/** The organisation's documents first, then the domain's own. */
function holdingIn(all: readonly Stored[], domain: string | null): Stored[] {
  const global = all.filter((one) => one.domain === null);
  return domain === null ? global : [...global, ...all.filter((one) => one.domain === domain)];
}

/** Callers of the same turn share one reading; nobody joins one that has begun, which might be too old for them. */
function loadAnew(held: Cache): Promise<Loaded> {
  held.next ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
    held.next = undefined;
    return load();
  });
  return held.next;
}

/** The documents, and whether they are still the newest that this process knows. */
async function loadedNow(): Promise<{ loaded: Loaded; isCurrent: () => boolean }> {
  const held = cache();
  held.listening ??= listen('portolan_policy', drop);
  await held.listening;
  // A change could go unheard: the documents are read anew and not kept.
  if (!isHearing()) return { loaded: await loadAnew(held), isCurrent: () => false };
  held.loaded ??= load();
  const loading = held.loaded;
  const loaded = await loading.catch((error: unknown) => {
    if (held.loaded === loading) held.loaded = undefined;
    throw error;
  });
  return { loaded, isCurrent: () => held.loaded === loading };
}

/** The policies in force for a domain, from the process's cache; NOTIFY portolan_policy drops it. */
export async function effectivePolicy(domain: string | null): Promise<EffectivePolicy> {
  const held = cache();
  const { loaded, isCurrent } = await loadedNow();
  const known = isCurrent() ? held.effective.get(domain ?? '') : undefined;
  if (known) return known;
  const merged = mergePolicies(domain, holdingIn(loaded.enforced, domain));
  if (isCurrent() && held.effective.size < 10_000) held.effective.set(domain ?? '', merged);
  return merged;
}

/** Every document in force, of every domain. */
export async function policiesOfAll(): Promise<readonly PolicyInForce[]> {
  return (await loadedNow()).loaded.enforced;
}

/**
 * A domain's policy with one document put in the place of the version in force: what a draft would mean.
 */
export async function effectivePolicyWith(
  domain: string | null,
  draft: PolicyInForce & { domain: string | null },
): Promise<EffectivePolicy> {
  const { loaded } = await loadedNow();
  const others = loaded.enforced.filter((one) => one.name !== draft.name);
  const all = [...others, { ...draft, graceUntil: null }].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
  return mergePolicies(domain, holdingIn(all, domain));
}

/** The versions in grace that concern a domain, each with the policy that it would lead to. */
export async function policiesInGrace(domain: string | null): Promise<PolicyInGrace[]> {
  const { loaded } = await loadedNow();
  const own = holdingIn(loaded.grace, domain);
  return Promise.all(
    own.flatMap(({ graceUntil, ...draft }) =>
      graceUntil
        ? [
            effectivePolicyWith(domain, draft).then((policy) => ({
              policy,
              graceUntil,
              ref: policy.documents.find((one) => one.name === draft.name) ?? draft,
            })),
          ]
        : [],
    ),
  );
}
