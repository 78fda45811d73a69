import { expect, it } from 'vitest';
import { headingId, headingsOf, textOf } from './heading-id';

it.each([
  ['1. The product', '1-the-product'],
  ['Why it can be trusted', 'why-it-can-be-trusted'],
  ['`GET` rows?', 'get-rows'],
])('%s → %s', (text, id) => expect(headingId(text)).toBe(id));

it('finds headings outside of code', () => {
  expect(headingsOf('## One\n```sh\n## not this\n```\n### no\n## `Two`\n')).toEqual(['One', 'Two']);
});

it('joins the text of nested nodes', () => {
  expect(textOf(['a ', 1, null, [' b']])).toBe('a 1 b');
});
