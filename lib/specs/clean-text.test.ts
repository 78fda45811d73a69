import { describe, expect, it } from 'vitest';
import { cleanText, textOf } from './clean-text';

describe('cleanText', () => {
  it.each([
    ['  good \r\n\r\n\r\n\r\n data ', 'good \n\n data'],
    ['safe\u202egpj.exe', 'safegpj.exe'],
    [
      '\u2066isolated\u2069 \u200eleft \u200bnothing\u0000 \u001b[31m',
      'isolated left nothing [31m',
    ],
    ['half \ud83d of it, whole 😀', 'half  of it, whole 😀'],
    ['e\u0301', 'é'],
    ['مرحبا <b>x</b>', 'مرحبا <b>x</b>'],
  ])('%j', (typed, kept) => expect(cleanText(typed)).toBe(kept));
});

it('judges what is left of a text', () => {
  const schema = textOf(10, 2, 'Write something');
  expect(schema.parse('ok\u200b')).toBe('ok');
  expect(schema.safeParse('\u200b\u200b\u200b').error?.issues[0]?.message).toBe('Write something');
  expect(schema.safeParse('x'.repeat(11)).success).toBe(false);
  expect(schema.safeParse('x'.repeat(1_000_000)).success).toBe(false);
});
