import { type Cases, filter, none } from './shared';

const password = 'a long enough passphrase 7';

export const auth = {
  cases: {
    'auth/changePassword': () => [{ current: 'nothing', next: password }],
    'auth/createApiToken': () => [{ name: 'mine', scopes: ['catalog:read'], expiresInDays: 1 }],
    'auth/createFirstAdmin': () => [{ email: 'x@portolan.example', name: 'X', password }],
    'auth/createUser': () => [{ email: 'y@portolan.example', name: 'Y', password }],
    'auth/endSessions': ({ ids }) => [{ userId: ids.owner }],
    'auth/listApiTokens': none,
    'auth/listPeople': filter,
    'auth/ownProfile': none,
    'auth/resetPassword': ({ ids }) => [{ userId: ids.owner, password }],
    'auth/revokeApiToken': ({ ids }) => [{ tokenId: ids.token }],
    'auth/setDisabled': ({ ids }) => [{ userId: ids.owner, isDisabled: true }],
    'auth/setPlatformRoles': ({ ids }) => [{ userId: ids.owner, platformRoles: [] }],
  },
  open: {
    'auth/createApiToken': 'a token of their own, which can do no more than they can',
    'auth/listApiTokens': 'their own tokens',
    'auth/ownProfile': 'their own account',
  },
  told: {
    'auth/changePassword': 'invalid: their own password, and the one they gave is wrong',
    'auth/createFirstAdmin':
      'precondition: open until the portal has its first administrator, then closed',
  },
  parts: {
    'auth/personChanged': 'writes the row of a verb',
    'auth/requireInPerson': 'a guard',
    'auth/requireUser': 'a guard',
    'auth/syncOidcRoles': 'part of signing in, after the provider vouched for the person',
  },
} satisfies Cases;
