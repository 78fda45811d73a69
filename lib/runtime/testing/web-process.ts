import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const entry = path.join(import.meta.dirname, 'web-entry.ts');

export interface WebProcess {
  origin: string;
  stop(): Promise<void>;
}

/** Another web process on this test's database. */
export async function startWebProcess(): Promise<WebProcess> {
  const child = fork(entry, [], { execArgv: ['--import', 'tsx'], env: process.env });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the web process ended (${code})`);
  });
  ended.catch(() => undefined);
  const [{ origin }] = await Promise.race([once(child, 'message'), ended]);
  const stop = async () => {
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  };
  return { origin, stop };
}
