import { z } from 'zod';
import { type Ctx, db, env, transact } from '@/lib/core';
import { ALERT_KINDS, type AlertKind } from '../alert';
import type { Digest } from '../digest/when';
import { asksByDefault } from '../wants';
import { me } from './me';

export interface Preference {
  kind: AlertKind;
  about: string;
  /** Null: as it comes, which is `byDefault`, and errors always. */
  email: boolean | null;
  byDefault: boolean;
}

/** What the person gets by e-mail, kind by kind, and whether the portal can send any. */
export async function alertPreferences(
  ctx: Ctx,
): Promise<{ hasMailServer: boolean; digest: Digest; all: boolean | null; kinds: Preference[] }> {
  const userId = me(ctx);
  const said = await db().alertPreference.findMany({ where: { userId } });
  const digest = await db().alertDigest.findUnique({ where: { userId } });
  const of = (kind: string) => said.find((one) => one.kind === kind)?.email ?? null;
  return {
    hasMailServer: env().PORTOLAN_SMTP_URL !== undefined,
    digest: (digest?.every ?? 'immediate') as Digest,
    all: of('*'),
    kinds: Object.entries(ALERT_KINDS).map(([kind, about]) => ({
      kind: kind as AlertKind,
      about,
      email: of(kind),
      byDefault: asksByDefault(kind as AlertKind),
    })),
  };
}

export const SetAlertPreferenceInput = z.object({
  kind: z.string().refine((kind) => kind === '*' || kind in ALERT_KINDS, 'No such kind of alert'),
  /** Null: as it comes. */
  email: z.boolean().nullable(),
});
export type SetAlertPreferenceInput = z.input<typeof SetAlertPreferenceInput>;

export async function setAlertPreference(ctx: Ctx, raw: SetAlertPreferenceInput): Promise<void> {
  const userId = me(ctx);
  const { kind, email } = SetAlertPreferenceInput.parse(raw);
  await transact(async (tx) => {
    if (email === null)
      return void (await tx.alertPreference.deleteMany({ where: { userId, kind } }));
    await tx.alertPreference.upsert({
      where: { userId_kind: { userId, kind } },
      create: { userId, kind, email },
      update: { email },
    });
  });
}
