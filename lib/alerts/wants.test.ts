import { describe, expect, it } from 'vitest';
import { takes, wantsEmail } from './wants';

const opened = { kind: 'violation.opened' as const, level: 'warning' as const };

describe('wantsEmail', () => {
  it('sends by default what failed and what asks the person', () => {
    expect(wantsEmail([], opened)).toBe(false);
    expect(wantsEmail([], { ...opened, level: 'error' })).toBe(true);
    expect(wantsEmail([], { kind: 'waiver.requested', level: 'info' })).toBe(true);
  });
  it('follows what they said of the kind before what they said of all', () => {
    const all = { kind: '*', email: false };
    expect(wantsEmail([all], { ...opened, level: 'error' })).toBe(false);
    expect(wantsEmail([all, { kind: 'violation.opened', email: true }], opened)).toBe(true);
  });
});

describe('takes', () => {
  it.each([
    [[], true],
    [['violation.opened'], true],
    [['violation.*'], true],
    [['privacy.*'], false],
    [['violation'], false],
    [['violation.resolved'], false],
  ])('%j', (kinds, expected) => expect(takes(kinds, 'violation.opened')).toBe(expected));
});
