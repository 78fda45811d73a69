export { actorForToken, ctxForUser, forgetPerson } from './actors';
export { authOptions, isOidcConfigured } from './auth-options';
export {
  ChangePasswordInput,
  changePassword,
  ResetPasswordInput,
  resetPassword,
} from './change-password';
export {
  CreateApiTokenInput,
  createApiToken,
} from './create-api-token';
export { CreateFirstAdminInput, createFirstAdmin, needsFirstAdmin } from './create-first-admin';
export { CreateUserInput, createUser } from './create-user';
export { EndSessionsInput, endSessions } from './end-sessions';
export { parseGroupRoles } from './oidc-groups';
export { actorForProbe, isProbeToken, type ProbedAs, probeAddress, probeToken } from './probe';
export {
  type ApiTokenRow,
  demoAccounts,
  ListPeopleInput,
  listApiTokens,
  listPeople,
  type OwnProfile,
  ownProfile,
  type PersonRow,
} from './queries';
export { requireInPerson, requireUser } from './require-session';
export { RevokeApiTokenInput, revokeApiToken } from './revoke-api-token';
export { actorForSession, sessionCookie, sessionCookieFor } from './session';
export { SetDisabledInput, setDisabled } from './set-disabled';
export { SetPlatformRolesInput, setPlatformRoles } from './set-platform-roles';
export { signInWithPassword } from './sign-in';
export { requireRate } from './throttle';
export { hashToken, newLinkSecret } from './token-secret';
