import { describe, expect, it } from 'vitest';
import { listChecks } from '@/lib/quality';
import { readSettings, settingsOf } from './settings';

const of = (id: string) => settingsOf(listChecks().find((check) => check.id === id)?.settings);

describe('settings of checks', () => {
  it('are fields that follow from the schema', () => {
    expect(of('range').map(({ key, kind }) => [key, kind])).toEqual([
      ['min', 'text'],
      ['max', 'text'],
      ['isMinStrict', 'flag'],
      ['isMaxStrict', 'flag'],
    ]);
    expect(of('accepted_values')).toMatchObject([
      { key: 'values', kind: 'list', isRequired: true },
    ]);
    expect(of('statistic').find(({ key }) => key === 'statistic')?.choices).toContain('mean');
    expect(of('sql').map(({ kind }) => kind)).toContain('long');
    for (const check of listChecks()) expect(settingsOf(check.settings)).toBeInstanceOf(Array);
  });

  it('are read as what they are', () => {
    const read = (id: string, texts: Record<string, string>) => readSettings(of(id), texts);
    expect(read('range', { min: '1', max: ' 2020-01-01 ', isMinStrict: 'true' })).toEqual({
      config: { min: 1, max: '2020-01-01', isMinStrict: true },
    });
    expect(read('accepted_values', { values: 'a, 2,b c' })).toEqual({
      config: { values: ['a', 2, 'b c'] },
    });
    expect(read('distribution', { expected: '{"a":' })).toHaveProperty('problem');
    expect(read('outliers', { maxDeviations: 'x' })).toHaveProperty('problem');
    expect(read('row_count', {})).toEqual({ config: {} });
  });
});
