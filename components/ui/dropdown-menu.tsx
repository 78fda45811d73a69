'use client';

import Link from 'next/link';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface MenuAction {
  label: ReactNode;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  href?: string;
  onSelect?: () => void;
}

export type MenuEntry = MenuAction | 'separator' | { heading: ReactNode };

interface DropdownMenuProps {
  trigger: ReactNode;
  entries: MenuEntry[];
  align?: 'start' | 'center' | 'end';
}

export function DropdownMenu({ trigger, entries, align = 'end' }: DropdownMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-80 min-w-52 animate-rise rounded-lg border bg-raised p-1 shadow-md"
        >
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries are fixed while the menu is open
            <Entry key={index} entry={entry} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'separator') return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
  if ('heading' in entry) {
    return <Radix.Label className="px-2.5 py-1.5 text-sm text-muted">{entry.heading}</Radix.Label>;
  }
  const content = (
    <>
      {entry.icon}
      {entry.label}
    </>
  );
  return (
    <Radix.Item
      asChild={entry.href !== undefined}
      disabled={entry.disabled}
      onSelect={entry.onSelect}
      className={cn(
        'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-base outline-none select-none data-disabled:cursor-not-allowed data-disabled:text-subtle data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle',
        entry.danger && 'text-error data-highlighted:bg-error-soft [&_svg]:text-error',
      )}
    >
      {entry.href === undefined ? content : <Link href={entry.href}>{content}</Link>}
    </Radix.Item>
  );
}
