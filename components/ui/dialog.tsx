'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';

interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** An element that opens the dialog; leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: 'sm' | 'md' | 'lg';
  footer?: ReactNode;
  children?: ReactNode;
}

const widths = { sm: 'sm:max-w-md', md: 'sm:max-w-xl', lg: 'sm:max-w-3xl' } as const;

export function Dialog(props: DialogProps) {
  const { title, description, trigger, open, onOpenChange, size = 'sm', footer, children } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />
        <Radix.Content
          aria-describedby={description ? undefined : ''}
          // An open list in the dialog is closed first.
          onEscapeKeyDown={(event) => {
            if (document.activeElement?.ariaExpanded === 'true') event.preventDefault();
          }}
          className={cn(
            'fixed inset-x-3 bottom-3 z-50 mx-auto flex max-h-[calc(100dvh-1.5rem)] animate-rise flex-col rounded-xl border bg-raised shadow-lg outline-none sm:top-[12vh] sm:bottom-auto sm:max-h-[76vh]',
            widths[size],
          )}
        >
          <header className="px-5 pt-5 pr-14">
            <div className="min-w-0">
              <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-base text-muted">
                  {description}
                </Radix.Description>
              )}
            </div>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3.5">
              {footer}
            </footer>
          )}
          {/* Last in order, so that opening puts the focus on the first field or on Cancel. */}
          <Radix.Close asChild>
            <IconButton size="sm" label="Close" icon={<X />} className="absolute top-4 right-4" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Wraps a button in a Dialog's footer that closes it. */
export const DialogClose = ({ children }: { children: ReactNode }) => (
  <Radix.Close asChild>{children}</Radix.Close>
);
