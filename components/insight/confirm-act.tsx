'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

interface ConfirmActProps<Input> {
  /** What the button says, and its confirmation. */
  label: string;
  title: string;
  effects: ReactNode[];
  call: (input: Input) => Promise<{ ok: true } | { ok: false; message: string }>;
  input: Input;
}

/** Takes something away for good, after it has said what that means. */
export function ConfirmAct<Input>({ label, title, effects, call, input }: ConfirmActProps<Input>) {
  const router = useRouter();
  const act = async () => {
    const result = await call(input);
    if (result.ok) router.refresh();
    return result;
  };
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
      onConfirm={act}
    />
  );
}
