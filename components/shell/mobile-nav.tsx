'use client';

import { Menu, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Wordmark } from './logo';
import type { NavVisibility } from './nav-items';
import { SideNav } from './side-nav';

export function MobileNav({ nav }: { nav: NavVisibility }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton label="Open navigation" icon={<Menu />} className="-ml-2 lg:hidden" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim lg:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] animate-slide-in overflow-y-auto border-r bg-surface shadow-lg outline-none lg:hidden"
        >
          <div className="flex h-14 items-center justify-between px-5 pr-3">
            <Dialog.Title className="flex">
              <Wordmark />
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close navigation" icon={<X />} />
            </Dialog.Close>
          </div>
          <div className="pt-3">
            <SideNav nav={nav} onNavigate={() => setOpen(false)} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
