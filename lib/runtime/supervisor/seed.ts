import { spawn } from 'node:child_process';
import path from 'node:path';
import { elapsed, say } from './say';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Runs the first-run seed in a process of its own; it says what it does and ends at once when the
 * portal has been seeded before. A seed that fails leaves a working portal and says so.
 */
export async function seedDemo(env: Record<string, string>): Promise<void> {
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', path.join(root, 'lib/runtime/seed/main.ts')],
      {
        cwd: root,
        env: { ...process.env, ...env } as NodeJS.ProcessEnv,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    child.on('error', () => resolve(1));
    child.on('close', resolve);
  });
  if (code !== 0)
    say(
      `  ! The demo organisation is not complete (${elapsed()}); the next start goes on with it.`,
    );
}
