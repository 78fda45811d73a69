import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/auth/sign-in-form';
import { PlainPage } from '@/components/shell/plain-page';
import { demoAccounts, isOidcConfigured, needsFirstAdmin } from '@/lib/auth';
import { env } from '@/lib/core';
import { currentCtx } from '@/lib/http/context';
import { safePath } from '@/lib/http/safe-path';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const query = await searchParams;
  const callbackUrl = pathOf(first(query.callbackUrl));
  const ctx = await currentCtx();
  if (ctx.actor.type === 'user') redirect(callbackUrl);
  if (await needsFirstAdmin()) redirect('/setup');
  return (
    <PlainPage>
      <SignInForm
        callbackUrl={callbackUrl}
        oidcName={isOidcConfigured() ? env().OIDC_NAME : null}
        error={first(query.error) ?? null}
        demo={await demoAccounts()}
      />
    </PlainPage>
  );
}

/** next-auth gives a whole address of this site; only its path is used. */
function pathOf(wanted: string | undefined): string {
  if (wanted && URL.canParse(wanted)) {
    const { pathname, search } = new URL(wanted);
    return safePath(`${pathname}${search}`);
  }
  return safePath(wanted);
}
