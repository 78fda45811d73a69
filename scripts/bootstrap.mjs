// Plain JavaScript that Node 20 runs: makes a fresh clone ready, then hands over to Node 24.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const startedAt = Date.now();
const modules = path.join(root, 'node_modules');
const stamps = path.join(modules, '.portolan-stamps');

export function fail(message) {
  process.stderr.write(`\nportolan: ${message}\n`);
  process.exit(1);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9)) {
    fail(
      `Node ${process.versions.node} is too old to begin with. Install Node 20.9 or newer and try again.`,
    );
  }
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Runs one step with its elapsed time on the screen; a line every ten seconds when it takes long. */
export async function step(title, work) {
  const began = Date.now();
  process.stdout.write(`  ${title} …\n`);
  const ticker = setInterval(
    () => process.stdout.write(`    still at it, ${seconds(Date.now() - began)}\n`),
    10_000,
  );
  try {
    const result = await work();
    process.stdout.write(`  ✓ ${title} (${seconds(Date.now() - began)})\n`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}

/** Runs a program quietly; its last words are shown when it fails. */
export function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(output);
      reject(Object.assign(new Error(`${program} ${args[0]} failed`), { output }));
    });
  });
}

function filesBelow(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesBelow(full);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [full];
  });
}

/** A digest of files and folders: what a stamp is compared with. */
function digest(names) {
  const hash = createHash('sha256');
  for (const name of names) {
    const full = path.join(root, name);
    const files = path.extname(name) ? [full] : filesBelow(full).sort();
    for (const file of files) {
      if (!existsSync(file)) continue;
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

async function unlessStamped(name, inputs, title, isThere, work) {
  const file = path.join(stamps, name);
  const value = digest(inputs);
  if (isThere() && existsSync(file) && readFileSync(file, 'utf8') === value) return false;
  await step(title, work);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(file, value);
  return true;
}

function explain(error, what) {
  const text = `${error.output ?? ''}${error.message ?? ''}`;
  if (/ENOSPC|no space left/i.test(text))
    return fail(`${what}: the disk is full. Free some space and try again.`);
  if (/EACCES|EPERM/.test(text)) {
    return fail(`${what}: no right to write in ${root}. Start as the user who owns the folder.`);
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(text)) {
    return fail(
      `${what}: the npm registry cannot be reached. Check the network or npm's registry setting.\n${text.slice(-1500)}`,
    );
  }
  return fail(`${what}. The last lines said:\n${text.slice(-3000)}`);
}

export async function install() {
  await unlessStamped(
    'install',
    ['package-lock.json', 'package.json'],
    'Installing packages (the first time takes a minute or two)',
    () => existsSync(path.join(modules, 'tsx')),
    () =>
      run('npm', [
        'ci',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--include=dev',
        '--include=optional',
      ]),
  ).catch((error) => explain(error, 'Installing the packages failed'));
}

export async function generate() {
  await unlessStamped(
    'prisma',
    ['prisma/schema', 'package-lock.json'],
    'Generating the database client',
    () => existsSync(path.join(root, 'lib/core/generated/client.ts')),
    () =>
      run(node(), [path.join(modules, 'prisma/build/index.js'), 'generate'], {
        // `generate` needs no engine, but looks for one to download: any executable will do.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      }),
  ).catch((error) => explain(error, 'Generating the database client failed'));
}

export const dist = () => path.join(root, process.env.PORTOLAN_DIST || '.next');

export async function build() {
  const inputs = [
    'app',
    'components',
    'lib',
    'public',
    'next.config.js',
    'postcss.config.mjs',
    'tsconfig.json',
    'package-lock.json',
  ];
  await unlessStamped(
    `build-${path.basename(dist())}`,
    inputs,
    'Building the web application',
    () => existsSync(path.join(dist(), 'BUILD_ID')),
    () =>
      run(node(), [path.join(modules, 'next/dist/bin/next'), 'build'], {
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
      }),
  ).catch((error) => explain(error, 'Building failed'));
}

/** Node 24 from the npm registry where there is one for this machine, else the Node that runs this. */
export function node() {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  for (const name of [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`]) {
    const file = path.join(modules, name, 'bin', os === 'win' ? 'node.exe' : 'node');
    if (existsSync(file)) return file;
  }
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  return fail(
    `There is no Node 24 package for ${process.platform}-${process.arch}, and Node ${process.versions.node} is too old to run the portal. Install Node 24.`,
  );
}

/** Hands over to a TypeScript entry under Node 24; signals go through, the exit code comes back. */
export function handOver(entry, args = [], env = {}) {
  const child = spawn(
    node(),
    ['--import', 'tsx', '--enable-source-maps', path.join(root, entry), ...args],
    {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${path.dirname(node())}${path.delimiter}${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH}`,
        PORTOLAN_STARTED_AT: String(startedAt),
        NEXT_TELEMETRY_DISABLED: '1',
        ...env,
      },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  // npm runs scripts through a shell that may die without a word: then nobody is left to stop us.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
    });
  });
}
