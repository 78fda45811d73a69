// The whole suite, on a fresh clone too: every stage runs even when an earlier one fails.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, checkNode, generate, install, node, root } from './bootstrap.mjs';

const results = path.join(root, 'test-results');
const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;

function exec(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(node(), args, {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: `${path.dirname(node())}${path.delimiter}${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
        NEXT_TELEMETRY_DISABLED: '1',
        ...env,
      },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const bin = (file) => path.join(root, 'node_modules', file);

function title(name) {
  process.stdout.write(`\n── ${name} ──\n`);
}

async function check(name, args) {
  title(name);
  const code = await exec(args);
  if (code === 0) passed += 1;
  else failed += 1;
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n`);
}

/** Counts what a runner wrote as JSON; a runner that wrote nothing, or ran nothing, has failed. */
function count(name, code, read) {
  const file = path.join(results, `${name}.json`);
  const numbers = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (!numbers || numbers.passed + numbers.failed === 0) {
    failed += 1;
    process.stdout.write(`✗ ${name} ran no test\n`);
    return;
  }
  passed += numbers.passed;
  failed += numbers.failed;
  skipped += numbers.skipped;
  if (code !== 0 && numbers.failed === 0) failed += 1;
}

async function vitest(project) {
  title(`${project} tests`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
  const code = await exec(
    [
      bin('vitest/vitest.mjs'),
      ...args,
      `--outputFile.json=${path.join(results, `${project}.json`)}`,
    ],
    { NODE_ENV: 'test', NO_COLOR: '1' },
  );
  count(project, code, (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter(
        (file) => file.status === 'failed' && file.assertionResults.length === 0,
      ).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

async function browser() {
  title('browser tests');
  const code = await exec(
    [bin('playwright/cli.js'), 'test', '--config', 'e2e/playwright.config.ts'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(results, 'browser.json'),
    },
  );
  count('browser', code, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

const stages = {
  lint: () => check('lint and format', [bin('@biomejs/biome/bin/biome'), 'check', '.']),
  types: () => check('types', [bin('typescript/bin/tsc'), '--noEmit', '--incremental', 'false']),
  boundaries: () =>
    check('import boundaries', [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      'lib',
      'app',
      'components',
      '--config',
      '.dependency-cruiser.cjs',
    ]),
  unused: () => check('unused code (knip)', [bin('knip/bin/knip.js')]),
  unit: () => vitest('unit'),
  db: () => vitest('db'),
  browser: async () => {
    await build();
    await browser();
  },
};

checkNode();
const unknown = only.filter((name) => !(name in stages));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no stage "${unknown[0]}". Stages: ${Object.keys(stages).join(', ')}.\n`,
  );
  process.exit(1);
}
await install();
await generate();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
if (!process.env.PORTOLAN_CORPUS) {
  process.stdout.write(
    'PORTOLAN_CORPUS is not set: conformance tests over outside documents are skipped.\n',
  );
}
for (const [name, stage] of Object.entries(stages)) {
  if (only.length === 0 || only.includes(name)) await stage();
}
process.stdout.write(
  `\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
);
process.exit(failed === 0 ? 0 : 1);
