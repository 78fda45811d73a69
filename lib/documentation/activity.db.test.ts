import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '@/lib/audit';
import { type Ctx, systemCtx, transact } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { productActivity } from '.';

useTestDatabase();
let owner: Ctx;
let reader: Ctx;
let productId: string;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const person = await makeMember(domain.id, 'data_producer');
  owner = await ctxOf(person);
  reader = await ctxOf(await makeUser());
  productId = (await makeProduct({ domainId: domain.id, ownerId: person.id })).id;
  const note = (ctx: Ctx, action: string, detail: Record<string, unknown> = {}) =>
    transact(async (tx) => audit(tx, ctx, { action, productId, detail }));
  await note(owner, 'product.submit');
  await note(systemCtx('worker'), 'product.provision');
  for (let load = 1; load <= 5; load += 1) {
    await note(systemCtx('worker'), 'pipeline.loaded', { rows: load * 1000 });
  }
  await note(owner, 'access.grant', { email: 'hush@portolan.example' });
  await note(owner, 'hold.place', { reason: 'hush' });
  await note(systemCtx('worker'), 'pipeline.failed', { error: 'hush' });
});

describe('what happened with a product', () => {
  it('is told whole to who operates it, newest first', async () => {
    const { events, isWhole, nextPage } = await productActivity(owner, productId);
    expect(isWhole).toBe(true);
    expect(nextPage).toBeNull();
    expect(events.map(({ text }) => text)).toEqual([
      'A load failed: hush',
      'Access was given',
      ...[5, 4, 3, 2, 1].map((load) => `Loaded ${load},000 rows`),
      'Published',
      'Submitted',
    ]);
    expect(events.at(-1)?.actor).toMatch(/@/);
  });

  it('is what was announced, without names, to everybody else', async () => {
    const { events, isWhole } = await productActivity(reader, productId);
    expect(isWhole).toBe(false);
    expect(JSON.stringify(events)).not.toContain('hush');
    expect(new Set(events.map(({ action }) => action))).toEqual(
      new Set(['pipeline.loaded', 'product.provision']),
    );
    expect(events.every(({ actor, href }) => actor === null && href === null)).toBe(true);
  });

  it('goes on from page to page, each row once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await productActivity(owner, productId, { limit: 2, after });
      expect(page.events.length).toBeLessThanOrEqual(2);
      seen.push(...page.events.map(({ id }) => id));
      after = page.nextPage ?? undefined;
    } while (after);
    const whole = await productActivity(owner, productId);
    expect(seen).toEqual(whole.events.map(({ id }) => id));
  });

  it('refuses pages that it did not give out, and products that are none', async () => {
    await expect(productActivity(owner, productId, { after: 'x' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(productActivity(owner, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
    await expect(productActivity(owner, productId, { limit: 0 })).rejects.toThrow();
  });
});
