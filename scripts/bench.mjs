// Runs the benchmarks (all, or those named): each prints ratios beside a baseline of the same run.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build, checkNode, fail, generate, handOver, install, root } from './bootstrap.mjs';

checkNode();
await install();
await generate();
await build();
const all = readdirSync(path.join(root, 'bench'))
  .filter((name) => /^[a-z-]+\.ts$/.test(name))
  .map((name) => name.slice(0, -3));
const named = process.argv.slice(2);
const unknown = named.find((name) => !all.includes(name));
if (unknown) fail(`There is no benchmark "${unknown}". Benchmarks: ${all.join(', ')}.`);
let code = 0;
for (const name of named.length > 0 ? named : all) {
  process.stdout.write(`\n── ${name} ──\n`);
  code = (await handOver(`bench/${name}.ts`, [], { LOG_LEVEL: 'error' })) || code;
}
process.exit(code);
