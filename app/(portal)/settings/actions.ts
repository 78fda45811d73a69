'use server';

import { cookies } from 'next/headers';
import {
  ChangePasswordInput,
  CreateApiTokenInput,
  CreateUserInput,
  changePassword,
  createApiToken,
  createUser,
  EndSessionsInput,
  endSessions,
  ResetPasswordInput,
  RevokeApiTokenInput,
  resetPassword,
  revokeApiToken,
  SetDisabledInput,
  SetPlatformRolesInput,
  sessionCookie,
  setDisabled,
  setPlatformRoles,
} from '@/lib/auth';
import { action } from '@/lib/http/action';

export const createTokenAction = action(CreateApiTokenInput, createApiToken);
export const revokeTokenAction = action(RevokeApiTokenInput, revokeApiToken);

/** Every other session ends; this one goes on as a fresh one. */
export const changePasswordAction = action(ChangePasswordInput, async (ctx, input) => {
  await changePassword(ctx, input);
  if (ctx.actor.type !== 'user') return;
  const { name, value, options } = await sessionCookie(ctx.actor.id);
  (await cookies()).set(name, value, options);
});

export const endSessionsAction = action(EndSessionsInput, endSessions);
export const createUserAction = action(CreateUserInput.omit({ isSynthetic: true }), createUser);
export const setPlatformRolesAction = action(SetPlatformRolesInput, setPlatformRoles);
export const setDisabledAction = action(SetDisabledInput, setDisabled);
export const resetPasswordAction = action(ResetPasswordInput, resetPassword);
