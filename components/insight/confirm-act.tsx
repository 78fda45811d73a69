'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Answer } from '@/components/ui/use-action';

interface ConfirmActProps<Input> {
  /** What the button says, and its confirmation. */
  label: string;
  title: string;
  effects: ReactNode[];
  call: (input: Input) => Promise<Answer<unknown>>;
  input: Input;
}

/** Takes something away for good, after it has said what that means. */
export function ConfirmAct<Input>({ label, title, effects, call, input }: ConfirmActProps<Input>) {
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" size="sm">
          {label}
        </Button>
      }
      title={title}
      effects={effects}
      confirmLabel={label}
      onConfirm={() => call(input)}
    />
  );
}
