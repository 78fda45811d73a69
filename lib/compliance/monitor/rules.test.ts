import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergePolicies } from '@/lib/governance/merge';
import { MONITORED, parseDocumentAs, policyDomain } from '@/lib/specs';
import { nextCron } from './cron';
import { MONITOR_RULES } from './registry';
import type { MonitoredProduct } from './rule';
import { nextAmong, settingsOf } from './settings';

const SEED = path.resolve('prisma/seed/policies');
const seeded = readdirSync(SEED)
  .sort()
  .map((file) => {
    const parsed = parseDocumentAs('DataGovernancePolicy', readFileSync(`${SEED}/${file}`, 'utf8'));
    if (!parsed.ok) throw new Error(`${file} is not valid`);
    return parsed.document;
  });

/** The shipped policies of a domain, with more put over them. */
function policyOf(domain: string, monitoring?: object[]) {
  const more = { apiVersion: 'v1' as const, kind: 'DataGovernancePolicy' as const };
  const own = monitoring
    ? [{ ...more, metadata: { name: 'more', namespace: `${domain}-domain` }, spec: { monitoring } }]
    : [];
  const documents = [...seeded, ...own] as typeof seeded;
  const holding = documents
    .filter((one) => [null, domain].includes(policyDomain(one)))
    .map((document) => ({
      name: document.metadata.name,
      version: 1,
      scope: policyDomain(document) === null ? ('global' as const) : ('domain' as const),
      activatedAt: null,
      activatedBy: null,
      document,
    }))
    .sort((a, b) => Number(a.scope === 'domain') - Number(b.scope === 'domain'));
  return mergePolicies(domain, holding);
}

function product(domain: string, classification: string): MonitoredProduct {
  return {
    id: 'p1',
    name: 'orders',
    title: 'Orders',
    domain,
    domainId: 'd1',
    ownerId: 'u1',
    classification,
    policy: policyOf(domain),
    descriptor: {
      apiVersion: 'v1',
      kind: 'DataProduct',
      metadata: { name: 'orders', namespace: `${domain}-domain` },
      spec: {
        owner: 'p@portolan.example',
        version: '1.0.0',
        description: 'Orders',
        schema: [{ name: 'id', type: 'long' }],
      },
    },
  };
}
const at = new Date('2026-01-01T00:00:00Z');
const ruleOf = (id: string) => {
  const found = MONITOR_RULES.find((one) => one.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
};

describe.each(MONITOR_RULES.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  it('finds nothing where its examples pass', () => {
    expect(rule.examples.pass.length).toBeGreaterThan(0);
    for (const one of rule.examples.pass) {
      expect(one.judge(product(one.domain, one.classification), at)).toEqual([]);
    }
  });
  it('finds what its examples fail for, in words and with evidence', () => {
    expect(rule.examples.fail.length).toBeGreaterThan(0);
    for (const one of rule.examples.fail) {
      const found = one.judge(product(one.domain, one.classification), at);
      expect(found.length).toBeGreaterThan(0);
      for (const { title, message, evidence, key } of found) {
        expect(key).not.toBe('');
        expect(title.length).toBeGreaterThan(10);
        expect(message).toMatch(/[.!]$/);
        expect(evidence.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('frequencies and levels', () => {
  it.each([
    ['data_retention', 'daily', 'warning'],
    ['access_control', 'real_time', 'error'],
    ['data_quality', 'hourly', 'warning'],
  ])('%s is %s at %s, as the specification says', (id, frequency, level) => {
    expect(settingsOf(ruleOf(id), policyOf('sales'))).toMatchObject({ frequency, level });
  });

  it('are by themselves what policies are measured by', () =>
    expect(
      Object.fromEntries(
        MONITOR_RULES.map(({ id, frequency, level }) => [id, { frequency, threshold: level }]),
      ),
    ).toEqual(MONITORED));

  it('come from the policy where it says so', () => {
    const rule = { rule: 'data_quality', frequency: '15_minutes', threshold: 'error' };
    const policy = policyOf('sales', [{ ...rule, escalate_after: '2_hours' }]);
    expect(settingsOf(ruleOf('data_quality'), policy)).toEqual({
      isEnabled: true,
      frequency: '15_minutes',
      level: 'error',
      escalateAfter: { value: 2, unit: 'hours' },
    });
    const next = nextAmong(ruleOf('data_quality'), [policyOf('finance'), policy], at);
    expect(next?.at.toISOString()).toBe('2026-01-01T00:15:00.000Z');
    const off = policyOf('sales', [{ rule: 'data_quality', enabled: false }]);
    expect(nextAmong(ruleOf('data_quality'), [off], at)).toBeNull();
  });

  it.each([
    ['0 6 * * 1', '2026-01-05T06:00:00.000Z'],
    ['*/20 * * * *', '2026-01-01T00:20:00.000Z'],
    ['0 0 1 1 *', '2027-01-01T00:00:00.000Z'],
    ['30 4 1,15 * 5', '2026-01-01T04:30:00.000Z'],
    ['0 9 * * 6-7', '2026-01-03T09:00:00.000Z'],
    ['0 0 29 2 *', '2028-02-29T00:00:00.000Z'],
  ])('the cron expression %s comes at %s', (expression, expected) => {
    expect(nextCron(expression, at)?.toISOString()).toBe(expected);
  });
  it('and some never come', () => expect(nextCron('0 0 30 2 *', at)).toBeNull());
});
