'use client';

import { type ReactNode, useState, useTransition } from 'react';
import { Button } from './button';
import { Callout } from './callout';
import { Dialog, DialogClose } from './dialog';
import { Field } from './field';
import { Input } from './input';

/** The failing half of an action result; a thrown error is for the error boundary. */
type Outcome = { ok: true } | { ok: false; message: string };

interface ConfirmDialogProps {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** What will happen, one line each: shown before anything does. */
  effects?: ReactNode[];
  /** When given, the reader types it exactly before the button works. */
  typeToConfirm?: string;
  confirmLabel: string;
  danger?: boolean;
  onConfirm: () => Promise<Outcome | undefined>;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { typeToConfirm, confirmLabel, danger = true, onConfirm, effects, children } = props;
  const [ownOpen, setOwnOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const isOpen = props.open ?? ownOpen;
  const isReady = typeToConfirm === undefined || typed.trim() === typeToConfirm;

  function changeOpen(next: boolean) {
    if (isPending) return;
    setTyped('');
    setMessage(null);
    setOwnOpen(next);
    props.onOpenChange?.(next);
  }

  function confirm() {
    if (!isReady || isPending) return;
    startTransition(async () => {
      const outcome = await onConfirm();
      if (outcome && !outcome.ok) return setMessage(outcome.message);
      setTyped('');
      setOwnOpen(false);
      props.onOpenChange?.(false);
    });
  }

  return (
    <Dialog
      trigger={props.trigger}
      open={isOpen}
      onOpenChange={changeOpen}
      title={props.title}
      description={props.description}
      footer={
        <>
          <DialogClose>
            <Button disabled={isPending}>Cancel</Button>
          </DialogClose>
          <Button
            variant={danger ? 'danger' : 'primary'}
            disabled={!isReady}
            loading={isPending}
            onClick={confirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {effects && effects.length > 0 && <Effects effects={effects} />}
        {children}
        {typeToConfirm !== undefined && (
          <Field
            label={
              <>
                Type <code className="font-mono text-accent-ink">{typeToConfirm}</code> to confirm
              </>
            }
          >
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && confirm()}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
        )}
        <div aria-live="assertive">
          {message && (
            <Callout tone="error" title="That did not work">
              {message}
            </Callout>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Effects({ effects }: { effects: ReactNode[] }) {
  return (
    <div className="rounded-md border bg-sunken px-4 py-3">
      <p className="text-sm font-medium">What will happen</p>
      <ul className="mt-1.5 list-disc space-y-1 pl-4 text-base text-muted marker:text-subtle">
        {effects.map((effect, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of sentences
          <li key={index}>{effect}</li>
        ))}
      </ul>
    </div>
  );
}
