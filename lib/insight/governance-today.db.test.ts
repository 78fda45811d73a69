import { expect, it } from 'vitest';
import { db, newId, now } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { governanceToday } from '.';

useTestDatabase();

const day = (days: number) => new Date(now().getTime() + days * 86_400_000);

async function organisation() {
  const domain = await makeDomain();
  const admin = await makeMember(domain.id, 'data_admin');
  const product = await makeProduct({ domainId: domain.id, ownerId: admin.id });
  const productId = product.id;
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'any' } },
    spec: { approval: 'one_person' },
  };
  await db().policyDocument.createMany({
    data: [
      { name: `${domain.name}-a`, stage: 'draft', submittedAt: day(-1), domainId: domain.id },
      { name: `${domain.name}-b`, stage: 'draft', domainId: domain.id },
      { name: `${domain.name}-c`, stage: 'grace', graceUntil: day(5), domainId: domain.id },
      { name: `${domain.name}-global`, stage: 'draft', submittedAt: day(-1) },
    ].map((row) => ({ id: newId(), version: 1, yaml: '', document, ...row })),
  });
  const waiver = { productId, reason: 'until the source is mended', ownerId: admin.id };
  await db().waiver.createMany({
    data: [
      { id: newId(), ...waiver, ruleId: 'owner', expiresAt: day(90) },
      { id: newId(), ...waiver, ruleId: 'retention', status: 'approved', expiresAt: day(2) },
      { id: newId(), ...waiver, ruleId: 'encryption', status: 'approved', expiresAt: day(60) },
    ],
  });
  const violation = { rule: 'encryption', productId, domainId: domain.id, message: 'x' };
  await db().violation.createMany({
    data: [
      { id: newId(), ...violation, level: 'warning', title: 'Second', dedupeKey: newId() },
      { id: newId(), ...violation, level: 'error', title: 'First', dedupeKey: newId() },
      {
        id: newId(),
        ...violation,
        level: 'error',
        title: 'Over',
        dedupeKey: newId(),
        status: 'resolved',
      },
    ],
  });
  const certification = { version: '1.0.0', certifiedById: admin.id, reason: 'Its sums agree.' };
  const other = await makeProduct({ domainId: domain.id, ownerId: admin.id });
  await db().certification.createMany({
    data: [
      { id: newId(), productId, ...certification, until: day(9), warnedAt: now() },
      { id: newId(), productId: other.id, ...certification, until: day(90) },
    ],
  });
  await db().tag.createMany({
    data: [
      { id: newId(), key: 'new', name: 'new' },
      { id: newId(), key: 'old', name: 'old', state: 'approved' },
    ],
  });
  await db().privacyRequest.create({
    data: {
      id: newId(),
      regulation: 'gdpr',
      kind: 'erasure',
      subjectDigest: 'x',
      dueAt: day(-1),
    },
  });
  return { domain, admin };
}

it('says what waits, to the steward everywhere and to a data admin in their domain', async () => {
  const { admin } = await organisation();
  const steward = await makeUser({ platformRoles: ['steward'] });
  const all = await governanceToday(await ctxOf(steward));
  const counts = Object.fromEntries(all.map(({ kind, count }) => [kind, count]));
  expect(counts).toEqual({
    violations: 2,
    incidents: 0,
    policies: 3,
    waivers: 2,
    certifications: 1,
    tags: 1,
    privacy: 1,
    retention: 0,
    reports: 0,
    delivery: 0,
  });
  const section = (kind: string) => all.find((one) => one.kind === kind)?.items ?? [];
  expect(section('violations').map((item) => item.title)).toEqual(['First', 'Second']);
  expect(section('privacy')[0]).toMatchObject({ level: 'error', title: 'GDPR erasure' });
  const own = await governanceToday(await ctxOf(admin));
  expect(own.find((one) => one.kind === 'policies')?.count).toBe(2);
  expect(own.some((one) => ['privacy', 'tags'].includes(one.kind))).toBe(false);
});

it('shows nothing of another domain, and nothing at all to who decides nothing', async () => {
  const elsewhere = await makeDomain();
  const admin = await makeMember(elsewhere.id, 'data_admin');
  const sections = await governanceToday(await ctxOf(admin));
  expect(sections.every((one) => one.count === 0)).toBe(true);
  const consumer = await makeMember(elsewhere.id, 'data_consumer');
  expect(await governanceToday(await ctxOf(consumer))).toEqual([]);
});
