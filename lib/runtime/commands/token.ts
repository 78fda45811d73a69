import { z } from 'zod';
import { flushAudit } from '@/lib/audit';
import { createApiToken, ctxForUser } from '@/lib/auth';
import { closeBus, closeDb, db, isAppError, TOKEN_SCOPES } from '@/lib/core';
import { attach, fail } from './attach';

const EXPIRES_IN_DAYS = 30;
const USAGE = `Usage: npm run -s token -- <email> <scope…>\nScopes: ${TOKEN_SCOPES.join(', ')}`;

function parseArguments(): { email: string; scopes: (typeof TOKEN_SCOPES)[number][] } {
  const [email, ...scopes] = process.argv.slice(2);
  if (!email || scopes.length === 0) return fail(`Name a person and at least one scope.\n${USAGE}`);
  const parsed = z.array(z.enum(TOKEN_SCOPES)).safeParse(scopes);
  if (parsed.success) return { email: email.trim().toLowerCase(), scopes: parsed.data };
  const wrong = scopes.filter((scope) => !TOKEN_SCOPES.some((known) => known === scope));
  return fail(`There is no scope "${wrong[0]}".\n${USAGE}`);
}

/** `npm run -s token -- <email> <scope…>`: prints an API token that ends in 30 days. */
async function main(): Promise<void> {
  const { email, scopes } = parseArguments();
  const detach = await attach().catch((error: Error) => fail(error.message));
  try {
    const user = await db().user.findUnique({ where: { email }, select: { id: true } });
    if (!user) fail(`Nobody has the address ${email}. Look at People in the portal.`);
    const ctx = await ctxForUser(user.id);
    const { token } = await createApiToken(ctx, {
      name: 'Made on the command line',
      scopes,
      expiresInDays: EXPIRES_IN_DAYS,
    });
    process.stdout.write(`${token}\n`);
  } catch (error) {
    fail(isAppError(error) ? error.message : `The token could not be made: ${String(error)}`);
  } finally {
    await flushAudit();
    await closeBus();
    await closeDb();
    await detach();
  }
}

await main();
process.exit(0);
