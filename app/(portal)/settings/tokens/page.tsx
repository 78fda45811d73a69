import type { Metadata } from 'next';
import { TokensView } from '@/components/auth/tokens-view';
import { listApiTokens } from '@/lib/auth';
import { now } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'API tokens' };

export default async function TokensPage() {
  const ctx = await requireUserCtx();
  const at = now();
  const tokens = (await listApiTokens(ctx)).map((token) => ({
    ...token,
    state: token.revokedAt
      ? ('revoked' as const)
      : token.expiresAt <= at
        ? ('expired' as const)
        : ('active' as const),
  }));
  return <TokensView tokens={tokens} />;
}
