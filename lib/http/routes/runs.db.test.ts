import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiToken } from '@/lib/auth';
import { db } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { closeLake } from '@/lib/platform/lake';
import { type Durable, provisionRun, retireRun, runDeps, submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { buildServer } from '../server';

useTestDatabase();
const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const deps = runDeps(driverServices);
let app: FastifyInstance;
let origin: string;

beforeAll(async () => {
  await seedMesh();
  app = await buildServer();
  await app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1`;
});
afterAll(async () => {
  await app.close();
  await closeLake();
});

async function bearer(userId: string): Promise<Record<string, string>> {
  const { token } = await createApiToken(await ctxOf({ id: userId }), {
    name: 'test',
    scopes: ['catalog:read', 'products:write', 'data:read'],
    expiresInDays: 1,
  });
  return { authorization: `Bearer ${token}` };
}

interface Event {
  name: string;
  id?: string;
  data: { status?: string; message?: string };
}

/** Reads server-sent events until the stream ends. */
async function eventsOf(response: Response, onEvent?: (event: Event) => void): Promise<Event[]> {
  const events: Event[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const line = (key: string) =>
        block
          .split('\n')
          .find((one) => one.startsWith(`${key}: `))
          ?.slice(key.length + 2);
      const name = line('event');
      if (!name) continue;
      const event = { name, id: line('id'), data: JSON.parse(line('data') ?? '{}') };
      events.push(event);
      onEvent?.(event);
    }
  }
  return events;
}

it('streams a run as it happens, and goes on after the last line seen', async () => {
  const draft = await makeDraft();
  const headers = await bearer(draft.ownerId);
  const { runId } = await submitProduct(draft.ctx, draft);
  const response = await fetch(`${origin}/runs/${runId}/events`, { headers });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let begin: Promise<void> | undefined;
  const events = await eventsOf(response, (event) => {
    // The work starts only when the reader has seen that it waits.
    if (event.name === 'run') begin ??= provisionRun(inline, deps, runId);
  });
  await begin;
  const states = events.filter((event) => event.name === 'run').map((event) => event.data.status);
  expect(states[0]).toBe('queued');
  expect(states).toContain('running');
  expect(states.at(-1)).toBe('succeeded');
  expect(events.at(-1)).toMatchObject({ name: 'end', data: { status: 'succeeded' } });
  const lines = events.filter((event) => event.name === 'log');
  expect(lines.map((event) => event.data.message).join('\n')).toContain('Loaded 3 rows');
  expect(new Set(lines.map((event) => event.id)).size).toBe(lines.length);

  const last = lines.at(-2)!.id!;
  const again = await fetch(`${origin}/runs/${runId}/events`, {
    headers: { ...headers, 'last-event-id': last },
  });
  const rest = (await eventsOf(again)).filter((event) => event.name === 'log');
  expect(rest.map((event) => event.id)).toEqual([lines.at(-1)!.id]);
});

it('hides runs from people without a part in them', async () => {
  const draft = await makeDraft();
  const { runId, productId } = await submitProduct(draft.ctx, draft);
  const stranger = await bearer((await makeUser()).id);
  const statuses = await Promise.all([
    fetch(`${origin}/runs/${runId}`, { headers: stranger }),
    fetch(`${origin}/runs/${runId}/events`, { headers: stranger }),
    fetch(`${origin}/runs/${runId}/cancel`, { headers: stranger, method: 'POST' }),
    fetch(`${origin}/products/${productId}/retire-preview`, { headers: stranger }),
    fetch(`${origin}/runs/${runId}`),
  ]);
  expect(statuses.map((one) => one.status)).toEqual([404, 404, 403, 403, 401]);
});

it('cancels and tries again over HTTP', async () => {
  const draft = await makeDraft();
  const headers = await bearer(draft.ownerId);
  const { runId } = await submitProduct(draft.ctx, draft);
  const post = (path: string) => fetch(`${origin}${path}`, { headers, method: 'POST' });
  expect((await post(`/runs/${runId}/cancel`)).status).toBe(200);
  expect((await post(`/runs/${runId}/retry`)).status).toBe(409);
  await provisionRun(inline, deps, runId);
  const shown = (await (await fetch(`${origin}/runs/${runId}`, { headers })).json()) as {
    status: string;
    canRetry: boolean;
    draftId: string;
  };
  expect(shown).toMatchObject({ status: 'cancelled', canRetry: true, draftId: draft.draftId });
  const retried = (await (await post(`/runs/${runId}/retry`)).json()) as { runId: string };
  await provisionRun(inline, deps, retried.runId);
  const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: retried.runId } });
  expect([run.status, run.attempt]).toEqual(['succeeded', 2]);
});

it('previews and retires over HTTP', async () => {
  const draft = await makeDraft();
  const headers = await bearer(draft.ownerId);
  const { runId, productId } = await submitProduct(draft.ctx, draft);
  await provisionRun(inline, deps, runId);
  const preview = await fetch(`${origin}/products/${productId}/retire-preview`, { headers });
  const { confirm } = (await preview.json()) as { confirm: string };
  const retire = (body: object) =>
    fetch(`${origin}/products/${productId}/retire`, {
      headers: { ...headers, 'content-type': 'application/json' },
      method: 'POST',
      body: JSON.stringify(body),
    });
  expect((await retire({ confirm: 'something else' })).status).toBe(400);
  const accepted = await retire({ confirm });
  expect(accepted.status).toBe(202);
  await retireRun(inline, deps, ((await accepted.json()) as { runId: string }).runId);
  const product = await db().product.findUniqueOrThrow({ where: { id: productId } });
  expect(product.status).toBe('retired');
});
