import { expect, it } from 'vitest';
import { excerpt } from './text';

it('cuts between characters', () => {
  expect(excerpt('😀'.repeat(400))).toBe(`${'😀'.repeat(299)}…`);
  expect(excerpt('short')).toBe('short');
});
