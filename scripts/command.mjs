// Operators' commands: `node scripts/command.mjs <name> …` runs lib/runtime/commands/<name>.ts.
import { checkNode, fail, generate, handOver, install } from './bootstrap.mjs';

const COMMANDS = ['token', 'audit-verify'];
const [name, ...args] = process.argv.slice(2);
checkNode();
if (!COMMANDS.includes(name))
  fail(`There is no command "${name}". Commands: ${COMMANDS.join(', ')}.`);
const say = process.stdout.write.bind(process.stdout);
// Standard output is the command's answer alone.
process.stdout.write = (...words) => process.stderr.write(...words);
await install();
await generate();
process.stdout.write = say;
process.exit(
  await handOver(`lib/runtime/commands/${name}.ts`, args, {
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  }),
);
