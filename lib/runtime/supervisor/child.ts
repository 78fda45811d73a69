import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { say } from './say';

const root = path.resolve(import.meta.dirname, '../../..');
const STOP_MS = 10_000;
const STEADY_MS = 30_000;
/** So many ends before it was ever ready, and the start is given up. */
const MAX_FALSE_STARTS = 5;

export interface Child {
  /** Resolves when the process said that it is ready; fails when it ends again and again before. */
  ready: Promise<void>;
  /** Ends the process in good order and starts it anew: its code has changed. */
  restart(): void;
  stop(): Promise<void>;
}

/**
 * Runs an entry as a child process and starts it again whenever it dies (at once, then with a
 * growing pause up to 5 s). The child ends itself when the supervisor is gone (IPC disconnect).
 */
export function keepRunning(name: string, entry: string, env: Record<string, string>): Child {
  let child: ChildProcess | undefined;
  let isStopping = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let isReady = false;
  let isRestarting = false;
  let markReady: () => void = () => {};
  let giveUp: (error: Error) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    markReady = () => {
      isReady = true;
      resolve();
    };
    giveUp = reject;
  });

  const start = () => {
    const startedAt = Date.now();
    child = spawn(
      process.execPath,
      ['--import', 'tsx', '--enable-source-maps', path.join(root, entry)],
      {
        cwd: root,
        env: { ...process.env, ...env } as NodeJS.ProcessEnv,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    child.on('message', (message: { type?: string }) => {
      if (message.type === 'ready') markReady();
    });
    child.on('error', (error) => say(`  ! ${name} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      if (isStopping) return;
      if (isRestarting) {
        isRestarting = false;
        start();
        return;
      }
      failures = Date.now() - startedAt > STEADY_MS ? 0 : failures + 1;
      if (!isReady && failures >= MAX_FALSE_STARTS) {
        isStopping = true;
        giveUp(
          new Error(`The ${name} ended ${failures} times before it was ready; see its log above.`),
        );
        return;
      }
      const pause = failures <= 1 ? 0 : Math.min(5000, 250 * 2 ** failures);
      say(`  ! ${name} ended (${signal ?? `exit code ${code}`}); starting it again`);
      timer = setTimeout(start, pause);
    });
  };
  start();

  const stop = async () => {
    isStopping = true;
    clearTimeout(timer);
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => running.kill('SIGKILL'), STOP_MS);
      running.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      running.kill('SIGTERM');
    });
  };
  const restart = () => {
    if (isStopping || isRestarting || child?.exitCode !== null) return;
    isRestarting = true;
    child.kill('SIGTERM');
  };
  return { ready, restart, stop };
}
