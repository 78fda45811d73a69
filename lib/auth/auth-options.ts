import type { AuthOptions, Profile } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { db, env, isAppError, log } from '@/lib/core';
import { actorForClaims, authSecret, cookieName, SESSION_MAX_AGE_S, usesHttps } from './session';
import { signInWithPassword } from './sign-in';
import { type OidcProfile, signInWithOidc } from './sign-in-oidc';

/** What the sign-in page is told, in `?error=`; the page has the words. */
const errorCode = (error: unknown): string => {
  if (!isAppError(error)) {
    log().error({ err: error }, 'sign-in failed');
    return 'Unexpected';
  }
  if (error.code === 'rate_limited') return `RateLimited-${String(error.details.retryAfterS)}`;
  return error.code === 'unauthenticated' ? 'CredentialsSignin' : error.message;
};

function credentials() {
  return CredentialsProvider({
    id: 'credentials',
    name: 'E-mail and password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: async (given, request) => {
      try {
        const email = String(given?.email ?? '');
        const forwarded: unknown = request.headers?.['x-forwarded-for'];
        const ip = typeof forwarded === 'string' ? forwarded : undefined;
        return await signInWithPassword({ email, password: String(given?.password ?? ''), ip });
      } catch (error) {
        throw new Error(errorCode(error));
      }
    },
  });
}

export function isOidcConfigured(): boolean {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  return Boolean(OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET);
}

function oidc(): OAuthConfig<OidcProfile> {
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_SCOPE } = env();
  return {
    id: 'oidc',
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: OIDC_SCOPE } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: 10_000 },
    userinfo: {
      // Issuers put groups and e-mail in the ID token or behind userinfo: both are read.
      request: async ({ client, tokens }) => {
        const claims =
          'claims' in tokens && typeof tokens.claims === 'function' ? tokens.claims() : {};
        const answered =
          client.issuer.metadata.userinfo_endpoint && tokens.access_token
            ? await client.userinfo(tokens.access_token)
            : {};
        return { ...claims, ...answered } as Profile;
      },
    },
    profile: (profile) => ({ id: profile.sub }),
  };
}

function cookie(kind: string, maxAge?: number) {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: usesHttps() };
  return { name: cookieName(kind), options: maxAge ? { ...options, maxAge } : options };
}

/** A target of our own origin, or home: a link may not send people elsewhere after signing in. */
function safeTarget(url: string, baseUrl: string): string {
  try {
    const target = new URL(url, baseUrl);
    return target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
  } catch {
    return baseUrl;
  }
}

const callbacks: AuthOptions['callbacks'] = {
  redirect: ({ url, baseUrl }) => safeTarget(url, baseUrl),
  signIn: async ({ account, profile, user }) => {
    if (account?.provider !== 'oidc') return true;
    try {
      Object.assign(user, await signInWithOidc(env().OIDC_ISSUER!, profile as OidcProfile));
      return true;
    } catch (error) {
      return `/signin?error=${encodeURIComponent(errorCode(error))}`;
    }
  },
  jwt: async ({ token, user }) => {
    if (!user) return token;
    const { sessionEpoch } = await db().user.findUniqueOrThrow({ where: { id: user.id } });
    return { sub: user.id, epoch: sessionEpoch };
  },
  session: async ({ session, token }) => {
    const actor = await actorForClaims(token);
    const user = actor ? { name: actor.name, email: actor.email } : undefined;
    return { expires: session.expires, ...(user && { user }) };
  },
};

/** next-auth's configuration: encrypted JWT session, password and, when configured, OpenID Connect. */
export function authOptions(): AuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: usesHttps(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_S },
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin' },
    providers: isOidcConfigured() ? [credentials(), oidc()] : [credentials()],
    cookies: {
      sessionToken: cookie('session'),
      csrfToken: cookie('csrf'),
      callbackUrl: cookie('callback-url'),
      state: cookie('state', 900),
      nonce: cookie('nonce'),
      pkceCodeVerifier: cookie('pkce', 900),
    },
    callbacks,
    logger: {
      error: (code, detail) =>
        log().warn({ detail: detail instanceof Error ? detail.message : code }, code),
      warn: (code) => log().debug(code),
      debug: () => undefined,
    },
  };
}
