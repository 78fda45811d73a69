import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, requireCan, type Tx, transact } from '@/lib/core';
import { changeSetting, readSetting } from '../settings';

const KEY = 'sharing';
const Stored = z.object({ isAllowed: z.boolean().default(true) });

/** Whether the organisation allows links that are opened without signing in. */
export const isSharingAllowed = async (tx?: Tx): Promise<boolean> =>
  (await readSetting(KEY, Stored, tx)).isAllowed;

export const SetSharingInput = z.object({ isAllowed: z.boolean() });
export type SetSharingInput = z.input<typeof SetSharingInput>;

/** Allows or forbids share links; forbidden, those that exist show nothing. @throws AppError forbidden | conflict */
export async function setSharing(ctx: Ctx, raw: SetSharingInput): Promise<void> {
  const policy = SetSharingInput.parse(raw);
  requireCan(ctx, 'insight.manage');
  await transact(async (tx) => {
    const before = await changeSetting(tx, KEY, Stored, policy);
    if (before.isAllowed === policy.isAllowed) throw conflict('This is so already.');
    const detail = changed(before, policy);
    audit(tx, ctx, { action: 'insight.sharing', target: { type: 'setting', id: KEY }, detail });
  });
}
