import next from 'next';
import { flushAudit } from '@/lib/audit';
import { parseGroupRoles } from '@/lib/auth';
import { closeBus, closeDb, env, log, setEnv, startHeartbeat } from '@/lib/core';
import { buildServer } from './server';

const SHUTDOWN_MS = 8_000;

/** next-auth finds the portal's origin by these: PORTOLAN_URL, or the address that was asked. */
function setAuthOrigin(): void {
  const { PORTOLAN_URL } = env();
  setEnv(PORTOLAN_URL ? { NEXTAUTH_URL: PORTOLAN_URL } : { AUTH_TRUST_HOST: 'true' });
}

async function main(): Promise<void> {
  setAuthOrigin();
  // A wrong mapping stops the start, not somebody's sign-in.
  parseGroupRoles(env().OIDC_GROUP_ROLES);
  const { HOST, PORT, NODE_ENV } = env();
  const dev = NODE_ENV === 'development';
  const pages: { handle?: ReturnType<ReturnType<typeof next>['getRequestHandler']> } = {};
  const app = await buildServer(async (request, response) => pages.handle?.(request, response));
  // Next takes the server's upgrades itself: hot reload in development.
  const site = next({ dev, hostname: HOST, port: PORT, httpServer: app.server });
  await site.prepare();
  pages.handle = site.getRequestHandler();
  const stopHeartbeat = await startHeartbeat('web');

  let isStopping = false;
  const stop = async (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    log().info({ reason }, 'web stopping');
    setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
    // Streams that would go on (live progress) are cut after the short requests have ended.
    setTimeout(() => app.server.closeAllConnections(), SHUTDOWN_MS / 4).unref();
    await app.close().catch((error: unknown) => log().warn({ err: error }, 'web close'));
    await flushAudit();
    await stopHeartbeat().catch(() => undefined);
    await site.close().catch(() => undefined);
    await closeBus();
    await closeDb();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  if (process.send) process.on('disconnect', () => void stop('parent gone'));

  await app.listen({ host: HOST, port: PORT });
  log().info({ host: HOST, port: PORT }, 'web listening');
  process.send?.({ type: 'ready' });
}

main().catch((error: unknown) => {
  log().fatal({ err: error }, 'web could not start');
  process.exit(1);
});
