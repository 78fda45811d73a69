import { checkNode, generate, handOver, install } from './bootstrap.mjs';

checkNode();
process.stdout.write('Portolan, with hot reload\n');
await install();
await generate();
process.exit(await handOver('lib/runtime/supervisor/main.ts', [], { NODE_ENV: 'development' }));
