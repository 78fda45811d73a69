import { type Finding, findingsOfAll } from '@/lib/governance';
import { defineMonitorRule, type MonitoredProduct } from '../rule';

interface Facts {
  /** What the rules of the policies in force find, without what is only coming. */
  findings: Finding[];
}

/** Every rule of the gate, the stewards' own in CEL too, goes on holding while a product lives. */
export const validation = defineMonitorRule<Facts>({
  id: 'validation',
  title: 'Products keep the validation rules of the policies',
  about: 'The portal’s own rules and every CEL rule of the effective policy, on live products',
  frequency: 'hourly',
  level: 'warning',
  regulations: ['gdpr', 'ccpa'],
  load,
  judge(product, { findings }) {
    const counting = findings.filter((one) => one.level !== 'info' && !one.graceUntil);
    const groups = Map.groupBy(counting, ({ ruleId, path }) => `${ruleId}:${path}`);
    return [...groups].map(([key, group]) => ({
      key,
      ruleId: group[0]?.ruleId ?? key,
      level: group.some((one) => one.level === 'error') ? 'error' : 'warning',
      title: `${product.title} breaks the rule ${group[0]?.ruleId}`,
      message: group.map((one) => one.message).join(' '),
      evidence: group.map(({ path, message, source }) => ({
        Where: path,
        Finding: message,
        From: source ?? 'built-in',
      })),
    }));
  },
  examples: {
    pass: [
      { facts: { findings: [] } },
      { facts: { findings: [finding({ level: 'info' })] } },
      { facts: { findings: [finding({ graceUntil: '2026-02-01T00:00:00Z' })] } },
    ],
    fail: [
      { facts: { findings: [finding({})] } },
      { facts: { findings: [finding({ level: 'warning' })] } },
    ],
  },
});

function finding(change: Partial<Finding>): Finding {
  const base = { ruleId: 'some-rule', path: 'spec.owner', message: 'It does not hold.' };
  return { ...base, level: 'error', ...change };
}

async function load(products: readonly MonitoredProduct[]) {
  const facts = new Map<string, Facts>();
  for await (const { id, findings } of findingsOfAll({
    productIds: products.map((one) => one.id),
  })) {
    facts.set(id, { findings });
  }
  return facts;
}
