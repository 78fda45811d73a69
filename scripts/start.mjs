import { build, checkNode, generate, handOver, install } from './bootstrap.mjs';

checkNode();
process.stdout.write('Portolan\n');
await install();
await generate();
await build();
process.exit(await handOver('lib/runtime/supervisor/main.ts', [], { NODE_ENV: 'production' }));
