import { createServer } from 'node:net';
import { expect, test } from 'playwright/test';
import { freePort } from '@/lib/runtime/postgres/embedded';
import { type Portal, startPortal, untilReady } from './support/portal';
import { alive, descendants } from './support/processes';

const EMPTY = { PORTOLAN_DEMO: 'false' };

async function health(portal: Portal): Promise<number> {
  return fetch(`${portal.url}/healthz`).then(
    (response) => response.status,
    () => 0,
  );
}

const isHealthy = (portal: Portal) =>
  expect.poll(() => health(portal), { timeout: 60_000, intervals: [250] }).toBe(200);

test.describe('the supervisor', () => {
  test('heals web, worker and PostgreSQL, and leaves no process behind', async () => {
    const portal = await untilReady(await startPortal(EMPTY));
    try {
      await isHealthy(portal);
      for (const entry of ['lib/http/main.ts', 'lib/jobs/main.ts', 'bin/postgres']) {
        const before = await descendants(portal.process.pid!);
        const victim = before.find(
          (process) => process.command.includes(entry) && process.parent === portal.process.pid,
        );
        expect(victim, `a process for ${entry}`).toBeDefined();
        process.kill(victim!.pid, 'SIGKILL');
        const replaced = async () =>
          (await descendants(portal.process.pid!)).some(
            (process) =>
              process.command.includes(entry) &&
              process.parent === portal.process.pid &&
              process.pid !== victim!.pid,
          );
        await expect.poll(replaced, { timeout: 60_000, intervals: [100] }).toBe(true);
        await isHealthy(portal);
      }
      const pids = (await descendants(portal.process.pid!)).map((process) => process.pid);
      portal.process.kill('SIGTERM');
      expect(await portal.ended).toBe(0);
      expect(await alive(pids)).toEqual([]);
    } finally {
      await portal.stop();
    }
  });

  test('a killed supervisor takes web and worker with it, and the next start takes over', async () => {
    const first = await untilReady(await startPortal(EMPTY));
    const children = await descendants(first.process.pid!);
    const ours = children.filter((child) => child.command.includes('main.ts')).map((c) => c.pid);
    first.process.kill('SIGKILL');
    await first.ended;
    await expect.poll(() => alive(ours), { timeout: 20_000, intervals: [100] }).toEqual([]);
    const again = await startPortal({
      ...EMPTY,
      PORTOLAN_HOME: first.home,
      PORT: String(first.port),
    });
    try {
      await untilReady(again);
      await isHealthy(again);
    } finally {
      await again.stop();
      await first.stop();
    }
  });

  test('says in one sentence what is wrong and ends with an error', async () => {
    const port = await freePort();
    const taken = createServer().listen(port, '127.0.0.1');
    const closed = await freePort();
    const cases: [Record<string, string>, RegExp][] = [
      [{ PORT: String(port) }, new RegExp(`Port ${port} is taken by another program`)],
      [
        { DATABASE_URL: `postgresql://somebody:hidden-word@127.0.0.1:${closed}/portolan` },
        /The database of DATABASE_URL \(127\.0\.0\.1:\d+\/portolan\) cannot be used/,
      ],
      [{ DATABASE_URL: 'nonsense' }, /DATABASE_URL is not an address/],
      [{ PORT: '99999' }, /PORT/],
      [{ PORTOLAN_HOME: '/proc/portolan' }, /PORTOLAN_HOME is \/proc\/portolan/],
    ];
    for (const [env, words] of cases) {
      const portal = await startPortal({ ...EMPTY, ...env });
      expect(await portal.ended, portal.output()).toBe(1);
      expect(portal.output()).toMatch(words);
      expect(portal.output()).not.toContain('hidden-word');
      expect(portal.output()).not.toContain('    at ');
      await portal.stop();
    }
    taken.close();
  });

  test('refuses a second portal in the same home', async () => {
    const first = await untilReady(await startPortal(EMPTY));
    const second = await startPortal({ ...EMPTY, PORTOLAN_HOME: first.home });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('A portal already runs in');
    await first.stop();
  });
});
