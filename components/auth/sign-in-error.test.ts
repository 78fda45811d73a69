import { expect, it } from 'vitest';
import { signInErrorText } from './sign-in-error';

it('has words for what it knows and shows no text that a link brought', () => {
  expect(signInErrorText('CredentialsSignin')).toMatch(/not right/);
  expect(signInErrorText('RateLimited-840')).toMatch(/14 minutes/);
  expect(signInErrorText('RateLimited-5')).toMatch(/1 minute\./);
  expect(signInErrorText('This account is disabled. Ask a platform admin.')).toMatch(/disabled/);
  expect(signInErrorText('Call 555-1234 to unlock your account.')).toMatch(/did not work/);
});
