import { describe, expect, it } from 'vitest';
import { changed, differencesOf } from './changed';

describe('changed', () => {
  it('keeps the fields that differ, groups as paths', () => {
    const before = { title: 'A', note: 'same', spec: { days: 3, roles: ['a'] }, gone: 1 };
    const after = { title: 'B', note: 'same', spec: { days: 3, roles: ['a', 'b'] }, fresh: null };
    expect(changed(before, after)).toEqual({
      before: { title: 'A', 'spec.roles': ['a'], gone: 1 },
      after: { title: 'B', 'spec.roles': ['a', 'b'], fresh: null },
    });
  });
  it('says what was made and what was removed', () => {
    const at = new Date(0);
    expect(changed(null, { at })).toEqual({ before: {}, after: { at } });
    expect(changed({ at }, null)).toEqual({ before: { at }, after: {} });
    expect(changed({ at }, { at: new Date(0) })).toEqual({ before: {}, after: {} });
  });
  it('writes no secret down, and of what is long only the beginning', () => {
    const { before, after } = changed(
      { smtp: { password: 'a' }, text: 'x' },
      { smtp: { password: 'b' }, text: 'y'.repeat(10_000) },
    );
    expect(before).toEqual({ 'smtp.password': '(not written down)', text: 'x' });
    expect(after['smtp.password']).toBe('(not written down)');
    expect(String(after.text)).toHaveLength(500 + '… (10,000 characters)'.length);
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, i]));
    expect(Object.keys(changed(null, many).after)).toHaveLength(61);
  });
});

describe('differencesOf', () => {
  it('reads them back, those written by hand too, and nothing where nothing changed', () => {
    expect(
      differencesOf({ before: { status: 'open' }, after: { status: 'closed', by: 'x' } }),
    ).toEqual([
      { field: 'status', before: 'open', after: 'closed' },
      { field: 'by', before: undefined, after: 'x' },
    ]);
    expect(differencesOf({ before: 'data_consumer', role: 'data_admin' })).toEqual([]);
    expect(differencesOf({ before: null, after: { apiToken: 'abc' } })).toEqual([
      { field: 'apiToken', before: undefined, after: '(not written down)' },
    ]);
    expect(differencesOf({ purpose: 'study' })).toEqual([]);
  });
});
