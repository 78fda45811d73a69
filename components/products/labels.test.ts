import { expect, it } from 'vitest';
import { bytesText, durationText, statusLabel } from './labels';

it('prints sizes and durations in the largest fitting unit', () => {
  expect([bytesText(0), bytesText(999), bytesText(1500), bytesText(2.5e9)]).toEqual([
    '0 bytes',
    '999 bytes',
    '1.5 kB',
    '2.5 GB',
  ]);
  expect([durationText(12.4), durationText(1500), durationText(61_000)]).toEqual([
    '12 ms',
    '1.5 s',
    '1 min 1 s',
  ]);
});

it('shows a status it does not know as it is', () => {
  expect(statusLabel('odd')).toEqual({ text: 'odd', tone: 'neutral' });
});
