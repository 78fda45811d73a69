import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const entry = path.join(import.meta.dirname, 'api.ts');

export interface ApiProcess {
  origin: string;
  /** Ends it without a word, as a power cut would; resolves once it is gone. */
  kill(): Promise<void>;
}

/** Starts the API in a process of its own, on this test's database. */
export async function startApiProcess(): Promise<ApiProcess> {
  const child = fork(entry, [], { execArgv: ['--import', 'tsx'], env: process.env });
  const ended = once(child, 'exit');
  const ready = once(child, 'message') as Promise<[{ origin: string }]>;
  const died = ended.then(([code]) => {
    throw new Error(`the API ended (${code}) before it listened`);
  });
  const [{ origin }] = await Promise.race([ready, died]);
  died.catch(() => undefined);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { origin, kill };
}
