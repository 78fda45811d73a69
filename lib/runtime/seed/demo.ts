import { createUser, ctxForUser } from '@/lib/auth';
import { db, systemCtx, transact } from '@/lib/core';
import { createDomain, setMember } from '@/lib/domains';
import { createDemoProducts } from './demo-products';
import { seedEssentials } from './essentials';
import { DEMO_PASSWORD, DOMAINS, PEOPLE } from './people';
import { createDemoPrices } from './prices';
import { createDemoTerms } from './terms';
import { createDemoTrust } from './trust';

const ctx = systemCtx('seed');

async function isDone(): Promise<boolean> {
  const setting = await db().setting.findUnique({ where: { key: 'demo-seed' } });
  return (setting?.value as { isDone?: boolean } | undefined)?.isDone === true;
}

async function ensureDomains(): Promise<Map<string, string>> {
  const held = await db().domain.findMany({ select: { id: true, name: true } });
  const ids = new Map(held.map((domain) => [domain.name, domain.id]));
  for (const domain of DOMAINS) {
    if (!ids.has(domain.name)) ids.set(domain.name, (await createDomain(ctx, domain)).id);
  }
  return ids;
}

async function ensurePeople(domains: Map<string, string>): Promise<void> {
  const held = await db().user.findMany({ select: { email: true } });
  const emails = new Set(held.map((user) => user.email));
  for (const { email, name, platformRoles, memberships } of PEOPLE) {
    if (emails.has(email)) continue;
    const password = DEMO_PASSWORD;
    await createUser(ctx, { email, name, password, platformRoles, isSynthetic: true });
    for (const [domain, role] of Object.entries(memberships)) {
      await setMember(ctx, { domainId: domains.get(domain)!, email, role });
    }
  }
  const value = {
    users: PEOPLE.map(({ email, name, role }) => ({ email, name, role })),
    password: DEMO_PASSWORD,
  };
  await db().setting.upsert({
    where: { key: 'demo' },
    create: { key: 'demo', value },
    update: { value },
  });
}

/** Only a database that nobody has used becomes the demo organisation. */
async function isForeign(): Promise<boolean> {
  const begun = await db().setting.findUnique({ where: { key: 'demo-seed' } });
  return !begun && (await db().user.count()) > 0;
}

/**
 * The demo organisation, once: domains, synthetic people, and products made by those people through
 * the same verbs and workflows as everybody's. A seed that was cut off goes on where it stopped.
 */
export async function seedDemo(): Promise<void> {
  if ((await isDone()) || (await isForeign())) return;
  const remember = (value: { isDone: boolean }) =>
    transact(async (tx) => {
      await tx.setting.upsert({
        where: { key: 'demo-seed' },
        create: { key: 'demo-seed', value },
        update: { value },
      });
    });
  await remember({ isDone: false });
  const domains = await ensureDomains();
  // Now that the domains exist, their own policies come in force.
  await seedEssentials();
  await ensurePeople(domains);
  const owners = await db().user.findMany({ select: { id: true, email: true } });
  const ctxOf = async (email: string) =>
    ctxForUser(owners.find((user) => user.email === email)!.id);
  await createDemoProducts(ctxOf);
  await createDemoTerms(ctxOf);
  await createDemoTrust(ctxOf);
  await createDemoPrices(ctxOf);
  await remember({ isDone: true });
}
