import { type APIResponse, type Browser, expect } from 'playwright/test';
import { api, signedIn } from './test';

async function made(response: APIResponse): Promise<{ id: string }> {
  expect(response.ok(), await response.text()).toBe(true);
  return response.json() as Promise<{ id: string }>;
}

/** Somebody whose account is disabled and whose grant of the product at an address is left in force: a violation. */
export async function leaverWithGrant(
  browser: Browser,
  address: string,
  email: string,
): Promise<void> {
  const [admin, owner] = await Promise.all([
    signedIn(browser, 'admin'),
    signedIn(browser, 'data-admin'),
  ]);
  const [domain, name] = address.split('/');
  const found = await api(owner.context()).get(`/catalog?q=${name}`);
  const { entries } = (await found.json()) as {
    entries: { id: string; name: string; domain: string }[];
  };
  const product = entries.find((one) => one.name === name && one.domain === domain);
  const { id } = await made(await api(admin.context()).post('/people', { email, name: 'Leaver' }));
  const grant = { email, purpose: 'A report that was never written' };
  await made(await api(owner.context()).post(`/products/${product?.id}/grants`, grant));
  const locked = await api(admin.context()).put(`/people/${id}/disabled`, { isDisabled: true });
  expect(locked.status()).toBe(204);
  await Promise.all([admin.context().close(), owner.context().close()]);
}
