import { expect, it } from 'vitest';
import { withHonestStatus } from './auth-response';

it('turns too many attempts into a 429 and keeps the rest, cookies included', async () => {
  const body = JSON.stringify({ url: 'http://x/api/auth/error?error=RateLimited-840' });
  const headers = { 'set-cookie': 'a=b', 'content-type': 'application/json' };
  const limited = await withHonestStatus(new Response(body, { status: 401, headers }));
  expect(limited.status).toBe(429);
  expect(limited.headers.get('retry-after')).toBe('840');
  expect(limited.headers.get('set-cookie')).toBe('a=b');
  expect(await limited.text()).toBe(body);
  const wrong = new Response('{"url":"?error=CredentialsSignin"}', { status: 401 });
  expect((await withHonestStatus(wrong)).status).toBe(401);
  const fine = new Response('ok');
  expect(await withHonestStatus(fine)).toBe(fine);
});
