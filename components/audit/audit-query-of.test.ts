import { describe, expect, it } from 'vitest';
import { auditQueryOf } from './audit-query-of';

describe('auditQueryOf', () => {
  it('takes empty form fields as unset and times as UTC', () => {
    expect(auditQueryOf({ actor: '', from: '2026-01-31T09:00', event: 'x', after: 'y' })).toEqual({
      filter: { from: new Date('2026-01-31T09:00:00Z'), probes: 'hide' },
      event: 'x',
      after: 'y',
    });
  });
  it('hides the probes of objectives unless they are asked for', () => {
    const probesOf = (query: Record<string, string>) => auditQueryOf(query).filter.probes;
    expect(probesOf({})).toBe('hide');
    expect(probesOf({ product: 'sales/orders', probes: '' })).toBe('hide');
    expect(probesOf({ probes: 'show' })).toBe('show');
    expect(probesOf({ actor: 'system:probe' })).toBe('show');
    expect(probesOf({ requestId: 'r' })).toBe('show');
  });
  it('reports what makes no sense', () => {
    expect(auditQueryOf({ to: 'soon' }).problem).toMatch(/^To: Use a time/);
    expect(auditQueryOf({ decision: 'maybe' }).problem).toMatch(/^decision: /);
    expect(auditQueryOf({ text: ['a', 'b'] }).problem).toMatch(/^Text: /);
  });
});
