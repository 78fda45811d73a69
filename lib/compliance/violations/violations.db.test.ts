import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, setClock, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  acknowledgeViolation,
  assignViolation,
  escalateViolations,
  getViolation,
  listViolations,
  noteViolation,
} from '..';

useTestDatabase();
const HOUR = 3_600_000;
const people: Record<'admin' | 'producer' | 'steward' | 'platform' | 'other', Ctx> = {} as never;
const emails: Partial<Record<keyof typeof people, string>> = {};
let productId: string;
let domainId: string;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  domainId = domain.id;
  await seedPolicies(systemCtx('seed'));
  const users = {
    admin: await makeMember(domain.id, 'data_admin'),
    producer: await makeMember(domain.id, 'data_producer'),
    steward: await makeUser({ platformRoles: ['steward'] }),
    platform: await makeUser({ platformRoles: ['platform_admin'] }),
    other: await makeUser(),
  };
  for (const [name, user] of Object.entries(users)) {
    people[name as keyof typeof people] = await ctxOf(user);
    emails[name as keyof typeof people] = user.email;
  }
  const owner = await makeMember(domain.id, 'data_producer');
  productId = (await makeProduct({ domainId: domain.id, ownerId: owner.id })).id;
});
afterEach(async () => {
  setClock(undefined);
  await db().violation.deleteMany();
  await db().notification.deleteMany();
});

async function open(change: object = {}): Promise<string> {
  const id = newId();
  await db().violation.create({
    data: {
      id,
      rule: 'encryption',
      level: 'error',
      productId,
      domainId,
      dedupeKey: `encryption:${productId}:${id}`,
      title: 'Files are not encrypted',
      message: 'One file lies open.',
      ...change,
    },
  });
  return id;
}
const kinds = async (id: string) =>
  (await getViolation(people.steward, id)).events.map((one) => one.kind);
const toldOf = (ctx: Ctx, kind: string) =>
  db().notification.count({
    where: { kind, userId: ctx.actor.type === 'user' ? ctx.actor.id : '' },
  });

describe('people and a violation', () => {
  it('take it up, hand it on and write to it; each is in its history and the audit log', async () => {
    const violationId = await open();
    await acknowledgeViolation(people.admin, { violationId, note: 'I look at it' });
    await expect(acknowledgeViolation(people.admin, { violationId })).rejects.toMatchObject({
      code: 'conflict',
    });
    const { rev, assignee, status } = await getViolation(people.admin, violationId);
    expect([assignee, status]).toEqual([emails.admin, 'acknowledged']);
    await assignViolation(people.admin, { violationId, rev, email: emails.producer! });
    expect(await toldOf(people.producer, 'violation.assigned')).toBe(1);
    await expect(
      assignViolation(people.admin, { violationId, rev, email: emails.admin! }),
    ).rejects.toMatchObject({ code: 'conflict' });
    // Whoever it is given to may work on it, also without the role of an admin.
    await noteViolation(people.producer, { violationId, note: 'The load runs tonight' });
    expect(await kinds(violationId)).toEqual(['note', 'assigned', 'acknowledged']);
    const rows = await db().auditEvent.findMany({ where: { targetId: violationId } });
    expect(rows.map((row) => row.action).sort()).toEqual([
      'violation.acknowledge',
      'violation.assign',
      'violation.note',
    ]);
    expect((await listViolations(people.producer, { mine: 'yes' })).violations).toHaveLength(1);
  });

  it('are refused who have nothing to do with it', async () => {
    const violationId = await open();
    const calls = [
      () => acknowledgeViolation(people.other, { violationId }),
      () => noteViolation(people.other, { violationId, note: 'hello' }),
      () => assignViolation(people.other, { violationId, rev: 1, email: '' }),
      () => getViolation(people.other, violationId),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'not_found' });
    await expect(acknowledgeViolation(people.producer, { violationId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      assignViolation(people.admin, { violationId, rev: 1, email: emails.other! }),
    ).rejects.toMatchObject({ code: 'invalid' });
    await db().violation.update({ where: { id: violationId }, data: { status: 'resolved' } });
    await expect(
      noteViolation(people.admin, { violationId, note: 'too late' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('escalation', () => {
  it('goes up step by step, once each with two workers, and stops when somebody takes it up', async () => {
    const violationId = await open();
    const inHours = async (hours: number) => {
      setClock(() => Date.now() + hours * HOUR);
      const [a, b] = await Promise.all([escalateViolations(), escalateViolations()]);
      return a + b;
    };
    expect(await inHours(23)).toBe(0);
    expect(await inHours(25)).toBe(1);
    const kind = 'violation.escalated';
    expect([await toldOf(people.admin, kind), await toldOf(people.steward, kind)]).toEqual([1, 0]);
    expect(await inHours(26)).toBe(0);
    expect(await inHours(50)).toBe(1);
    expect(await toldOf(people.steward, kind)).toBe(1);
    expect(await inHours(75)).toBe(1);
    expect(await toldOf(people.platform, kind)).toBe(1);
    expect(await inHours(1000)).toBe(0);
    const taken = await open({ rule: 'data_quality', status: 'acknowledged' });
    const warning = await open({ level: 'warning' });
    expect(await inHours(48)).toBe(0);
    expect(await inHours(8 * 24)).toBe(1);
    expect((await getViolation(people.steward, warning)).escalation).toBe(1);
    expect((await getViolation(people.steward, taken)).escalation).toBe(0);
    expect((await getViolation(people.steward, violationId)).escalation).toBe(3);
  });
});

describe('the list', () => {
  it('filters and pages without a gap', async () => {
    for (let n = 0; n < 60; n += 1) {
      await open({ level: n % 2 ? 'error' : 'warning', regulations: n % 3 ? [] : ['gdpr'] });
    }
    const first = await listViolations(people.steward, {});
    const second = await listViolations(people.steward, { after: first.nextPage ?? '' });
    expect([first.violations.length, second.violations.length, second.nextPage]).toEqual([
      50,
      10,
      null,
    ]);
    const count = async (filter: object) =>
      (await listViolations(people.admin, filter)).violations.length;
    expect(await count({ level: 'error' })).toBe(30);
    expect(await count({ regulation: 'gdpr' })).toBe(20);
    expect(await count({ status: 'resolved' })).toBe(0);
    expect(await count({ domain: 'sales', monitor: 'encryption', level: 'warning' })).toBe(30);
    expect(await count({ domain: 'hr' })).toBe(0);
  });
});
