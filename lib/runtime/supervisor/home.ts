import { access, chmod, mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

/** What operators' commands need to find the running portal; readable by its owner alone. */
export interface RuntimeState {
  pid: number;
  port: number;
  ownerUrl: string;
  appUrl: string;
  authSecret: string;
}

const NEEDED_BYTES = 400 * 1024 * 1024;

export const stateFile = (home: string) => path.join(home, 'runtime.json');

/** Node's own recursive `mkdir` never ends where a folder takes no entries (/proc). @returns whether it is new */
async function makeFolder(dir: string): Promise<boolean> {
  try {
    await mkdir(dir);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    const parent = path.dirname(dir);
    const isParentThere = await access(parent).then(
      () => true,
      () => false,
    );
    if (code !== 'ENOENT' || isParentThere) throw error;
    await makeFolder(parent);
    await mkdir(dir);
    return true;
  }
}

/** @throws Error in one sentence when the home cannot be written or the disk is (nearly) full. */
export async function prepareHome(home: string): Promise<void> {
  try {
    // Keys and data are nobody else's; as root, PostgreSQL's account passes through to its own folder.
    if (await makeFolder(home)) await chmod(home, process.getuid?.() === 0 ? 0o711 : 0o700);
    const probe = path.join(home, `.probe-${process.pid}`);
    await writeFile(probe, 'x'.repeat(4096));
    await rm(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOSPC' ? 'the disk is full' : `it cannot be written (${code})`;
    throw new Error(
      `PORTOLAN_HOME is ${home}, and ${why}. Free space there or choose another folder.`,
    );
  }
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < NEEDED_BYTES) {
    const left = Math.round((bavail * bsize) / 1024 / 1024);
    throw new Error(
      `The disk that holds ${home} is nearly full (${left} MB left, at least 400 MB are needed). Free some space or set PORTOLAN_HOME.`,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The portal that runs in this home, if one does. */
export async function readState(home: string): Promise<RuntimeState | undefined> {
  const text = await readFile(stateFile(home), 'utf8').catch(() => '');
  if (!text) return undefined;
  const state = JSON.parse(text) as RuntimeState;
  const command = await readFile(`/proc/${state.pid}/cmdline`, 'utf8').catch(() => 'supervisor');
  return isAlive(state.pid) && command.includes('supervisor') ? state : undefined;
}

export async function writeState(home: string, state: RuntimeState): Promise<void> {
  await writeFile(stateFile(home), JSON.stringify(state), { mode: 0o600 });
}

/** @throws Error when another process listens on the port. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new Error(
            `Port ${port} is taken by another program. Stop it, or start with another port: PORT=${port + 1} npm start`,
          ),
        );
      } else if (error.code === 'EACCES') {
        reject(
          new Error(`Port ${port} needs rights that this user lacks. Try PORT=3000 npm start`),
        );
      } else reject(new Error(`The portal cannot listen on ${host}:${port} (${error.code}).`));
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
