export { tellOfEndingGrants } from './ending-grants';
export { GrantAccessInput, grantAccess } from './grant-access';
export { type GrantRow, listGrants, type ProductAccess, productAccess } from './queries';
export { RevokeGrantInput, revokeGrant } from './revoke-grant';
