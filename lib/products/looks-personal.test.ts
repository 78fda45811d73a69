import { expect, it } from 'vitest';
import { looksPersonal } from './looks-personal';

it.each([
  ['email', []],
  ['E-Mail', []],
  ['customer_name', []],
  ['phone_number', []],
  ['DateOfBirth', ['x']],
  ['contact', ['a@b.co', 'c.d@example.com']],
  ['account', ['DE89370400440532013000']],
])('%s with %j seems personal', (name, samples) => {
  expect(looksPersonal(name, samples)).toBe(true);
});

it.each([
  ['name', ['Oslo']],
  ['city', []],
  ['emails_sent_count', ['3']],
  ['address_count', ['4']],
  ['contact', ['a@b.co', 'none']],
  ['street_view', ['yes']],
])('%s with %j does not', (name, samples) => {
  expect(looksPersonal(name, samples)).toBe(false);
});
