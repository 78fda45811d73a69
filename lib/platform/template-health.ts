import { unavailable } from '@/lib/core';
import type { DataPlatform, DataProductTemplate, PlatformEntry } from '@/lib/specs';
import { CAPABILITIES, type Capability, type Driver } from './drivers/define-driver';
import { driverFor } from './drivers/registry';

export interface CapabilityHealth {
  capability: Capability;
  /** The kind that the template names. */
  kind: string;
  provider?: string;
  driver?: string;
  title?: string;
  ok: boolean;
  /** Why it cannot be used, for people. */
  reason?: string;
}
export interface TemplateHealth {
  isOffered: boolean;
  capabilities: CapabilityHealth[];
}
export interface ResolvedDriver {
  capability: Capability;
  kind: string;
  entry: PlatformEntry;
  driver: Driver;
  config: unknown;
}

const spell = (kind: string) => kind.replaceAll('_', '-');

/** The platform's entry that is, or declares to stand in for, the kind a template names. */
export function entryFor(
  platform: DataPlatform,
  capability: Capability,
  kind: string,
): PlatformEntry | undefined {
  const entries = platform.spec[capability] ?? [];
  return (
    entries.find((entry) => spell(entry.type) === spell(kind)) ??
    entries.find((entry) => entry.satisfies?.some((other) => spell(other) === spell(kind)))
  );
}

function resolveOne(
  platform: DataPlatform,
  template: DataProductTemplate,
  capability: Capability,
): ResolvedDriver | { reason: string; provider?: string } {
  const kind = template.spec[capability];
  const entry = entryFor(platform, capability, kind);
  if (!entry) return { reason: `The platform offers no ${capability} of kind "${kind}".` };
  return resolveEntry(entry, capability, kind);
}

/** The driver that provides a kind by this entry of the platform document, or why none does. */
export function resolveEntry(
  entry: PlatformEntry,
  capability: Capability,
  kind: string,
): ResolvedDriver | { reason: string; provider?: string } {
  const driver = driverFor(entry.provider, capability);
  if (!driver) {
    const reason = `No driver for the provider "${entry.provider}" is installed.`;
    return { reason, provider: entry.provider };
  }
  if (!driver.provides.some((known) => spell(known) === spell(kind))) {
    const reason = `The driver "${driver.kind}" cannot stand in for "${kind}".`;
    return { reason, provider: entry.provider };
  }
  const config = driver.config.safeParse(entry.configuration ?? {});
  if (!config.success) {
    const [issue] = config.error.issues;
    const reason = `The platform's configuration of ${entry.type} is not valid at ${issue?.path.join('.')}: ${issue?.message}.`;
    return { reason, provider: entry.provider };
  }
  return { capability, kind, entry, driver, config: config.data };
}

/** Which of a template's drivers are present and healthy; the wizard offers it when all are. */
export async function templateHealth(
  template: DataProductTemplate,
  platform: DataPlatform,
): Promise<TemplateHealth> {
  const capabilities = await Promise.all(
    CAPABILITIES.map(async (capability): Promise<CapabilityHealth> => {
      const kind = template.spec[capability];
      const found = resolveOne(platform, template, capability);
      if ('reason' in found) return { capability, kind, ok: false, ...found };
      const { driver, entry, config } = found;
      const health = await driver.health(config);
      return {
        capability,
        kind,
        provider: entry.provider,
        driver: driver.kind,
        title: driver.title,
        ...(health.ok ? { ok: true } : { ok: false, reason: health.reason }),
      };
    }),
  );
  return { isOffered: capabilities.every((one) => one.ok), capabilities };
}

/** A template's drivers in provisioning order. @throws unavailable naming the first that is missing */
export function resolveDrivers(
  template: DataProductTemplate,
  platform: DataPlatform,
): ResolvedDriver[] {
  return CAPABILITIES.map((capability) => {
    const found = resolveOne(platform, template, capability);
    if (!('reason' in found)) return found;
    throw unavailable(
      `The template "${template.metadata.name}" cannot be provisioned. ${found.reason} Choose another template or ask a platform admin.`,
    );
  });
}
