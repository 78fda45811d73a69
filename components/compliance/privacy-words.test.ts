import { describe, expect, it } from 'vitest';
import { clockWords } from './privacy-words';

const open = { completedAt: null, status: 'review' };

describe('clockWords', () => {
  it('says how long is left, and how late it is', () => {
    expect(clockWords({ ...open, daysLeft: 30 })).toEqual({
      text: '30 days left',
      tone: 'neutral',
    });
    expect(clockWords({ ...open, daysLeft: 1 })).toEqual({ text: '1 day left', tone: 'warn' });
    expect(clockWords({ ...open, daysLeft: 0 })).toEqual({ text: 'Due today', tone: 'error' });
    expect(clockWords({ ...open, daysLeft: -2 })).toEqual({ text: '2 days late', tone: 'error' });
  });
  it('stands still once the request is over', () => {
    expect(clockWords({ ...open, status: 'rejected', daysLeft: -2 })).toBeNull();
  });
});
