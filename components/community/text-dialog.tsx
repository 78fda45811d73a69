'use client';

import { type ComponentProps, type ReactNode, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { TextForm } from './text-form';

interface TextDialogProps extends Omit<ComponentProps<typeof TextForm>, 'onDone'> {
  title: string;
  description?: string;
  trigger: ReactNode;
}

/** A text that is asked for in a dialog, which closes when it was sent. */
export function TextDialog({ title, description, trigger, ...form }: TextDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={title}
      description={description}
      trigger={trigger}
      open={isOpen}
      onOpenChange={setIsOpen}
    >
      <TextForm {...form} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}
