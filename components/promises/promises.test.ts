import { describe, expect, it } from 'vitest';
import { replaced, said, toolChoices } from './promises';

describe('terms, support and price in a form', () => {
  it('leave out what is empty, and are nothing when all of it is', () => {
    expect(said({ usage: 'Reports.', limitations: '', definitions: [] })).toEqual({
      usage: 'Reports.',
    });
    expect(said({ amount: 0, currency: 'EUR', unit: undefined })).toEqual({
      amount: 0,
      currency: 'EUR',
    });
    expect(said({ usage: '', definitions: [] })).toBeUndefined();
  });

  it('keep their places', () => {
    expect(replaced(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c']);
    expect(replaced(['a', 'b', 'c'], 1, null)).toEqual(['a', 'c']);
  });

  it('offer the tool that a document named', () => {
    expect(toolChoices('irc').map(({ value }) => value)).toContain('irc');
    expect(toolChoices('slack').filter(({ value }) => value === 'slack')).toHaveLength(1);
  });
});
