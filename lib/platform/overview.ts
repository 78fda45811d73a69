import { type Ctx, db, unavailable } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import type { PlatformEntry } from '@/lib/specs';
import { activePlatform } from './document';
import { CAPABILITIES, type Capability } from './drivers/define-driver';
import { resolveEntry } from './template-health';

/** One entry of the platform document, and what stands behind it here and now. */
export interface PlatformCapability {
  capability: Capability;
  type: string;
  provider: string;
  /** Further kinds, as templates name them, that it stands in for. */
  satisfies: string[];
  configuration: { key: string; value: string }[];
  driver: { kind: string; title: string } | null;
  /** The portal does this itself; no driver is chosen for it. */
  isBuiltIn: boolean;
  ok: boolean;
  /** Why it cannot be used, for people. */
  reason?: string;
}

export interface PlatformOverview {
  name: string;
  version: number;
  createdAt: string;
  yaml: string;
  capabilities: PlatformCapability[];
}

const BUILT_IN = new Set(['data-catalog']);

/**
 * The platform document in force with the state of each entry; for every signed-in person.
 * @throws AppError unauthenticated | forbidden | unavailable
 */
export async function platformOverview(ctx: Ctx): Promise<PlatformOverview> {
  requireSignedIn(ctx, ['catalog:read']);
  const [platform, row] = await Promise.all([
    activePlatform(),
    db().platformDocument.findFirst({ where: { isActive: true }, orderBy: { version: 'desc' } }),
  ]);
  if (!row) throw unavailable('The portal has no platform document. Run its first-run seed.');
  const entries = CAPABILITIES.flatMap((capability) =>
    (platform.spec[capability] ?? []).map((entry) => capabilityOf(capability, entry)),
  );
  return {
    name: platform.metadata.name,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    yaml: row.yaml,
    capabilities: await Promise.all(entries),
  };
}

async function capabilityOf(
  capability: Capability,
  entry: PlatformEntry,
): Promise<PlatformCapability> {
  const { type, provider, satisfies = [], configuration = {} } = entry;
  const base = {
    ...{ capability, type, provider, satisfies, driver: null, isBuiltIn: false },
    configuration: Object.entries(configuration).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  };
  if (BUILT_IN.has(type)) return { ...base, isBuiltIn: true, ok: true };
  const answers = [type, ...satisfies].map((kind) => resolveEntry(entry, capability, kind));
  const found = answers.find((answer) => 'driver' in answer);
  if (!found) {
    const [first] = answers;
    return { ...base, ok: false, reason: first && 'reason' in first ? first.reason : undefined };
  }
  const { driver, config } = found;
  const health = await driver.health(config);
  const state = health.ok ? { ok: true } : { ok: false, reason: health.reason };
  return { ...base, driver: { kind: driver.kind, title: driver.title }, ...state };
}
