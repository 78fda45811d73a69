import { expect, it } from 'vitest';
import { TermFields } from './input';

const definition = 'What is left of a sale after discounts.';

it('keeps nothing of a term that turns or hides the text around it', () => {
  const written = {
    ...{ name: 'Safe\u202egpj\u0007\n term', definition: `${definition}\u202e` },
    synonyms: ['one\u2066\ttwo', '\u200b'],
  };
  expect(TermFields.parse(written)).toMatchObject({
    ...{ name: 'Safegpj term', definition, synonyms: ['one two'] },
  });
});

it.each([
  ['\u202e\u202e\u202e', 'Use at least 2 characters'],
  ['?!', 'Use letters or numbers'],
  ['x'.repeat(81), 'Write at most 80 characters'],
])('refuses the name %j', (name, words) => {
  const { error } = TermFields.safeParse({ name, definition });
  expect(error?.issues.map(({ message }) => message)).toContain(words);
});
