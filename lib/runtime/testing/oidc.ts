import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface TestIssuer {
  url: string;
  /** Claims by login name; change them between sign-ins. */
  accounts: Map<string, Record<string, unknown>>;
  close(): Promise<void>;
}

/** A real OpenID Connect issuer on loopback whose login page takes any known login name. */
export async function startIssuer(redirectUri: string): Promise<TestIssuer> {
  const accounts = new Map<string, Record<string, unknown>>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'portolan',
        client_secret: 'test-only-client-secret',
        redirect_uris: [redirectUri],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    cookies: { keys: ['test-only'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx: unknown, id: string) =>
      accounts.has(id)
        ? { accountId: id, claims: () => ({ sub: id, ...accounts.get(id) }) }
        : undefined,
  });
  server.on('request', provider.callback());
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, accounts, close };
}
