'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState, useTransition } from 'react';
import { Button } from './button';
import { Callout } from './callout';
import { Dialog, DialogClose } from './dialog';
import { Field } from './field';
import { Input, Textarea } from './input';
import { useToast } from './toast';
import type { Answer } from './use-action';

/** A text, or a day, that is asked for with the confirmation. */
interface Ask {
  label: string;
  hint?: string;
  isOptional?: boolean;
  /** Characters at most; without it, a day is asked for. */
  most?: number;
}

interface ConfirmDialogProps<T> {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** What will happen, one line each: shown before anything does. */
  effects?: ReactNode[];
  ask?: Ask | undefined;
  /** When given, the reader types it exactly before the button works. */
  typeToConfirm?: string | undefined;
  confirmLabel: string;
  danger?: boolean;
  /** Does it, with what was asked for. A thrown error is for the error boundary. */
  onConfirm: (said: string) => Promise<Answer<T>>;
  /** What is said when it is done. */
  done?: string | ((data: T) => string);
  children?: ReactNode;
}

/** Says what will happen, does it, and reads the page anew. */
export function ConfirmDialog<T>(props: ConfirmDialogProps<T>) {
  const { ask, typeToConfirm, confirmLabel, danger = true, effects, children } = props;
  const { said, setSaid, typed, setTyped, refusal, isPending, isOpen, changeOpen, confirm } =
    useConfirmation(props);
  const asked = ask && Object.values(refusal?.fields ?? {})[0];
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
            disabled={typeToConfirm !== undefined && typed.trim() !== typeToConfirm}
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
        {ask && <AskField ask={ask} value={said} onValue={setSaid} error={asked} />}
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
          {refusal && !asked && (
            <Callout tone="error" title="That did not work">
              {refusal.message}
            </Callout>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function useConfirmation<T>(props: ConfirmDialogProps<T>) {
  const router = useRouter();
  const toast = useToast();
  const [ownOpen, setOwnOpen] = useState(false);
  const [said, setSaid] = useState('');
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<Extract<Answer<T>, { ok: false }> | null>(null);
  const [isPending, startTransition] = useTransition();
  const { typeToConfirm, onConfirm, done } = props;
  function change(next: boolean) {
    setSaid('');
    setTyped('');
    setRefusal(null);
    setOwnOpen(next);
    props.onOpenChange?.(next);
  }
  function confirm() {
    if (isPending || (typeToConfirm !== undefined && typed.trim() !== typeToConfirm)) return;
    startTransition(async () => {
      const answer = await onConfirm(said);
      if (!answer.ok) return setRefusal(answer);
      change(false);
      const title = typeof done === 'function' ? done(answer.data) : done;
      if (title) toast({ title, tone: 'ok' });
      router.refresh();
    });
  }
  const changeOpen = (next: boolean) => !isPending && change(next);
  const isOpen = props.open ?? ownOpen;
  return { said, setSaid, typed, setTyped, refusal, isPending, isOpen, changeOpen, confirm };
}

interface AskFieldProps {
  ask: Ask;
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
}

function AskField({ ask: { label, hint, isOptional = false, most }, ...field }: AskFieldProps) {
  const { value, onValue, error } = field;
  return (
    <Field {...{ label, hint, error }} required={!isOptional} optional={isOptional}>
      {most === undefined ? (
        <Input type="date" value={value} onChange={(event) => onValue(event.target.value)} />
      ) : (
        <Textarea
          rows={3}
          maxLength={most}
          dir="auto"
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
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
