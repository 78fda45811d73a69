import type { ReactNode } from 'react';
import { roleName } from '@/components/auth/role-names';
import { SurveyPrompt } from '@/components/insight/survey-prompt';
import { AppShell } from '@/components/shell/app-shell';
import { unreadCount } from '@/lib/alerts';
import { can } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';
import { mayBeAsked } from '@/lib/insight';

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await requireUserCtx();
  const { name, email, platformRoles, memberships } = ctx.actor;
  const roles = [
    ...platformRoles.map(roleName),
    ...memberships.map(({ domain, role }) => `${roleName(role)}, ${domain}`),
  ];
  const nav = {
    newProduct: can(ctx, 'product.create'),
    audit: can(ctx, 'audit.read'),
    governance: can(ctx, 'policy.read'),
    policies: can(ctx, 'policy.read'),
    violations: can(ctx, 'compliance.read'),
    privacy: can(ctx, 'privacy.manage'),
    webhooks: can(ctx, 'alert.manage'),
    people: can(ctx, 'people.read'),
  };
  const [unread, isAskable] = await Promise.all([unreadCount(ctx, discoverable), mayBeAsked(ctx)]);
  return (
    <AppShell user={{ name, email, roles }} nav={nav} unread={unread}>
      {children}
      {isAskable && <SurveyPrompt />}
    </AppShell>
  );
}
