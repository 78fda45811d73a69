import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@/lib/runtime/postgres/embedded';

const root = path.resolve(import.meta.dirname, '../..');

export interface Portal {
  url: string;
  home: string;
  port: number;
  process: ChildProcess;
  /** Everything that the portal printed so far. */
  output(): string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Starts the built portal as `npm start` does, in a home of its own on a free port. */
export async function startPortal(env: Record<string, string> = {}): Promise<Portal> {
  const home = env.PORTOLAN_HOME ?? (await mkdtemp(path.join(os.tmpdir(), 'portolan-e2e-')));
  const port = env.PORT ? Number(env.PORT) : await freePort();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(root, 'lib/runtime/supervisor/main.ts')],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORTOLAN_HOME: home,
        PORT: String(port),
        PORTOLAN_URL: `http://localhost:${port}`,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    if (!env.PORTOLAN_HOME) await rm(home, { recursive: true, force: true });
  };
  return {
    url: `http://localhost:${port}`,
    home,
    port,
    process: child,
    output: () => output,
    ended,
    stop,
  };
}

/** Waits until the portal said that it is ready; fails with what it printed when it ends first. */
export async function untilReady(portal: Portal): Promise<Portal> {
  await new Promise<void>((resolve, reject) => {
    const look = () => portal.output().includes('Portolan is ready') && resolve();
    portal.process.stdout?.on('data', look);
    look();
    void portal.ended.then((code) =>
      reject(new Error(`The portal ended (${code}) before it was ready:\n${portal.output()}`)),
    );
  });
  return portal;
}
