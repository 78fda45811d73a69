import { buildServer } from '@/lib/http/server';

/** A web process of its own for tests: says where it answers, and ends with its parent. */
const app = await buildServer();
const origin = await app.listen({ port: 0, host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
process.send?.({ origin });
