import { audit } from '@/lib/audit';
import { env, forbidden, newId, notify, systemCtx, type Tx, transact } from '@/lib/core';
import { forgetPerson } from './actors';
import { Email, PersonName } from './inputs';
import { groupsOfClaim, parseGroupRoles, rolesOfGroups } from './oidc-groups';
import { syncOidcRoles } from './oidc-sync';
import { recordSignIn, type SignedIn } from './sign-in';

/** The claims that matter, from the ID token and the userinfo endpoint together. */
export interface OidcProfile {
  sub: string;
  email?: unknown;
  email_verified?: unknown;
  name?: unknown;
  [claim: string]: unknown;
}

/**
 * The account that the identity belongs to. A new identity is linked to an account, or given a new
 * one, by its e-mail address only when the issuer says that the address is verified: whoever could
 * claim somebody else's address would otherwise become them.
 */
async function resolveUser(tx: Tx, issuer: string, profile: OidcProfile) {
  const linked = await tx.identity.findUnique({
    where: { issuer_subject: { issuer, subject: profile.sub } },
    include: { user: true },
  });
  if (linked) return linked.user;
  const email = Email.safeParse(profile.email);
  if (!email.success) throw forbidden('Your identity provider sent no usable e-mail address.');
  if (profile.email_verified !== true && !env().OIDC_TRUST_EMAIL) {
    throw forbidden(
      'Your identity provider has not verified your e-mail address. Verify it there.',
    );
  }
  const name = PersonName.catch(email.data).parse(profile.name ?? email.data);
  const user =
    (await tx.user.findUnique({ where: { email: email.data } })) ??
    (await createFromIdentity(tx, email.data, name));
  await tx.identity.create({ data: { issuer, subject: profile.sub, userId: user.id } });
  audit(tx, systemCtx('oidc'), {
    action: 'person.link',
    target: { type: 'user', id: user.id },
    detail: { issuer },
  });
  return user;
}

async function createFromIdentity(tx: Tx, email: string, name: string) {
  const user = await tx.user.create({ data: { id: newId(), email, name } });
  audit(tx, systemCtx('oidc'), {
    action: 'person.create',
    target: { type: 'user', id: user.id },
    detail: { email, source: 'oidc' },
  });
  return user;
}

/**
 * Signs in who the issuer says it is, with the roles its groups give now.
 * @throws AppError forbidden when the address is unverified or the person disabled.
 */
export async function signInWithOidc(
  issuer: string,
  profile: OidcProfile,
  ip?: string,
): Promise<SignedIn> {
  const { OIDC_GROUP_CLAIM, OIDC_GROUP_ROLES } = env();
  const groups = groupsOfClaim(profile[OIDC_GROUP_CLAIM]);
  const roles = rolesOfGroups(parseGroupRoles(OIDC_GROUP_ROLES), groups);
  const userId = await transact(async (tx) => {
    // Two first sign-ins of one person at once would both create the account.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`oidc:${issuer}:${profile.sub}`}))`;
    const user = await resolveUser(tx, issuer, profile);
    if (user.disabledAt) throw forbidden('This account is disabled. Ask a platform admin.');
    await syncOidcRoles(tx, systemCtx('oidc'), user, roles);
    await notify(tx, 'portolan_access', user.id);
    return user.id;
  });
  forgetPerson(userId);
  return recordSignIn(userId, 'oidc', ip);
}
