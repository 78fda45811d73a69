import { describe, expect, it } from 'vitest';
import { valueText, wordsOf } from './changes-table';

describe('a change in words', () => {
  it('names fields as people do', () => {
    expect(wordsOf('platformRoles')).toBe('platform roles');
    expect(wordsOf('spec.access_control')).toBe('spec · access control');
    expect(wordsOf('isShared')).toBe('shared');
  });
  it('shows values readably', () => {
    expect(valueText(null)).toBe('–');
    expect(valueText(['a', 'b'])).toBe('a, b');
    expect(valueText([])).toBe('none');
    expect(valueText(true)).toBe('yes');
    expect(valueText('2026-01-02T03:04:05.678Z')).toBe('2026-01-02 03:04:05 UTC');
    expect(valueText([{ role: 'x' }])).toContain('"role"');
  });
});
