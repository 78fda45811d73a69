import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, isAppError } from '@/lib/core';
import { deprecateProduct } from '@/lib/release';
import { useTestDatabase } from '../testing/database';
import { ctxOf, makeDomain, makeMember, makeProduct } from '../testing/factories';
import { CASES, OPEN, PARTS, REFUSALS, secret, TOLD } from './cases';
import { type Exported, exportedFunctions } from './exports';
import { SECRET } from './secret';
import { makeWorld, type World } from './world';

useTestDatabase();
const exported = (await exportedFunctions()).filter(({ asks }) => asks);
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

/** What the function does for somebody: what it gives, or the code of its refusal. */
async function outcome(
  { name, file }: Exported,
  ctx: Ctx,
): Promise<{ code?: string; gave?: string }> {
  const module = await import(`../../../${file}`);
  const call = module[name.split('/')[1]!] as (...args: unknown[]) => unknown;
  try {
    const gave = await drained(await call(ctx, ...CASES[name]!(world)));
    const text = JSON.stringify(gave, plain) ?? '';
    // An address that was asked for and is answered as missing is no news.
    const asked = JSON.stringify(CASES[name]!(world), plain).includes(`"vault/${secret}"`);
    return {
      gave: asked ? text.replaceAll(`"missing":["vault/${secret}"]`, '"missing":[]') : text,
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    // What was asked for may be named again.
    expect(error.message.replaceAll(`vault/${secret}`, '')).not.toContain(SECRET);
    return { code: error.code };
  }
}

/** Exports come line by line. */
async function drained(value: unknown): Promise<unknown> {
  const isStream = typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
  if (!isStream) return value;
  const parts: unknown[] = [];
  for await (const part of value as AsyncIterable<unknown>) parts.push(part);
  return parts;
}
const plain = (_: string, value: unknown) => {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Set || value instanceof Map ? [...value] : value;
};

/** Nothing in it says that there is anything: no text, no number but zero, no list with something in it. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object' || value === null) return !value;
  return Object.values(value).every(isEmpty);
}

function refused({ name }: Exported, code: string | undefined): void {
  expect([...REFUSALS.options, TOLD[name]?.split(':')[0]]).toContain(code);
}

function nothing(one: Exported, { code, gave }: { code?: string; gave?: string }): void {
  if (gave === undefined) refused(one, code);
  else expect(isEmpty(JSON.parse(gave || 'null')), gave).toBe(true);
}

/** Verbs that end what other cases point at come last. */
const ENDING =
  /\/(activate|delete|discard|retire|release|revoke|remove|archive|setDisabled|setPlatform|setMember)/;

const cases = exported.filter(({ name }) => name in CASES);

describe('every exported verb and query', () => {
  it('is walked: none is without a case, no case is without a function', () => {
    const names = exported.map(({ name }) => name);
    expect(names.filter((name) => !(name in CASES) && !(name in PARTS))).toEqual([]);
    const known = [...Object.keys(CASES), ...Object.keys(PARTS)];
    expect(known.filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(OPEN).filter((name) => !(name in CASES))).toEqual([]);
  });

  it.each(cases)('$name refuses who is not signed in', async (one) => {
    nothing(one, await outcome(one, world.people.anonymous));
  });

  it.each(cases)('$name gives nothing to a token without a scope', async (one) => {
    const { gave, code } = await outcome(one, world.people.unscoped);
    if (one.name === 'auth/ownProfile') expect(gave).not.toContain(SECRET);
    else nothing(one, { gave, code });
  });

  it.each(cases)('$name gives somebody without a role nothing but what is open', async (one) => {
    const { code, gave } = await outcome(one, world.people.stranger);
    if (gave === undefined) {
      expect(OPEN).not.toHaveProperty([one.name]);
      return refused(one, code);
    }
    expect(gave).not.toContain(SECRET);
    for (const id of [world.ids.salaries, world.ids.unborn, world.ids.draft]) {
      expect(gave).not.toContain(id);
    }
    if (!(one.name in OPEN)) expect(isEmpty(JSON.parse(gave || 'null')), gave).toBe(true);
  });

  it('is walked with input that reaches what it points at', async () => {
    const [ending, rest] = [
      cases.filter(({ name }) => ENDING.test(name)),
      cases.filter(({ name }) => !ENDING.test(name)),
    ];
    const missed: string[] = [];
    for (const one of [...rest, ...ending]) {
      const ctx = /writeReview|withdrawReview|acceptAnswer/.test(one.name)
        ? world.people.consumer
        : /^(products|documentation)\/.*(Draft|Upload)/.test(one.name) ||
            one.name.endsWith('submitProduct')
          ? world.people.author
          : world.people.powerful;
      const { code } = await outcome(one, ctx).catch((error: Error) => ({ code: error.name }));
      if (REFUSALS.options.some((refusal) => refusal === code)) missed.push(`${one.name}: ${code}`);
    }
    expect(missed).toEqual([]);
  });
});

it('a product that is hidden can be named as nobody’s successor', async () => {
  const domain = await makeDomain();
  const owner = await makeMember(domain.id, 'data_admin');
  const { id: productId } = await makeProduct({ domainId: domain.id, ownerId: owner.id });
  const sunsetAt = new Date(Date.now() + 86_400_000).toISOString();
  for (const successor of [`vault/${secret}`, 'vault/nothing']) {
    const deprecation = deprecateProduct(await ctxOf(owner), { productId, sunsetAt, successor });
    await expect(deprecation).rejects.toMatchObject({ code: 'invalid' });
  }
});
