'use server';

import { GrantAccessInput, grantAccess, RevokeGrantInput, revokeGrant } from '@/lib/access';
import { action } from '@/lib/http/action';

export const grantAccessAction = action(GrantAccessInput, (ctx, input) => grantAccess(ctx, input));
export const revokeGrantAction = action(RevokeGrantInput, (ctx, input) => revokeGrant(ctx, input));
