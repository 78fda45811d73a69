import type { AddressInfo } from 'node:net';
import { buildServer } from '../server';

/** The API in a process of its own, without the pages: says its address to its parent and serves until it ends. */
const app = await buildServer();
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;
process.on('disconnect', () => process.exit(0));
process.send?.({ origin: `http://127.0.0.1:${port}` });
