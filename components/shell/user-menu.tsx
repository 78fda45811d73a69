'use client';

import { Bell, KeyRound, LogOut, UserRound } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { Avatar } from '@/components/ui/avatar';
import { DropdownMenu } from '@/components/ui/dropdown-menu';

export interface ShellUser {
  name: string;
  email: string;
  roles: string[];
}

export function UserMenu({ user }: { user: ShellUser }) {
  return (
    <DropdownMenu
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name}`}
          className="rounded-full transition-opacity hover:opacity-85"
        >
          <Avatar name={user.name || user.email} />
        </button>
      }
      entries={[
        {
          heading: (
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-medium text-ink">{user.name}</span>
              <span className="truncate">{user.email}</span>
              {user.roles.length > 0 && (
                <span className="mt-1 text-xs text-subtle">{user.roles.join(' · ')}</span>
              )}
            </span>
          ),
        },
        'separator',
        { label: 'Profile', icon: <UserRound />, href: '/settings/profile' },
        { label: 'Notifications', icon: <Bell />, href: '/settings/notifications' },
        { label: 'API tokens', icon: <KeyRound />, href: '/settings/tokens' },
        'separator',
        { label: 'Sign out', icon: <LogOut />, onSelect: () => signOut({ callbackUrl: '/' }) },
      ]}
    />
  );
}
