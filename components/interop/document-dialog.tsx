'use client';

import { FileUp } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { DocumentCheck } from './document-check';
import { type TakenDocument, useDocument } from './use-document';

interface DocumentDialogProps {
  title: string;
  description: string;
  /** What taking it does, on the button: `Start draft`. */
  verb: string;
  /** Where the document is kept: `beside the draft`. */
  keptAt: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Takes the document; answers what is wrong with it, nothing when it is taken. */
  onTake: (document: TakenDocument) => Promise<string[]>;
}

/** A contract or a product document, pasted or read from a file; it is checked first. */
export function DocumentDialog(props: DocumentDialogProps) {
  const { title, description, verb, keptAt, open, onOpenChange, onTake } = props;
  const state = useDocument(onTake);
  const { text, checked, messages, isPending } = state;
  return (
    <Dialog
      size="lg"
      title={title}
      description={description}
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <Button icon={<FileUp aria-hidden />} variant="secondary">
          Import a document
        </Button>
      }
      footer={
        <>
          <DialogClose>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          {checked?.upgrade && (
            <Button
              variant={checked.ok ? 'secondary' : 'primary'}
              onClick={() => state.take(true)}
              loading={isPending}
            >
              {verb} as {checked.upgrade.to}
            </Button>
          )}
          {checked?.ok ? (
            <Button variant="primary" onClick={() => state.take(false)} loading={isPending}>
              {verb}
            </Button>
          ) : (
            !checked && (
              <Button
                variant="primary"
                onClick={state.check}
                loading={isPending}
                disabled={!text.trim()}
              >
                Check document
              </Button>
            )
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="File" optional>
          <Input
            type="file"
            accept=".yaml,.yml,.json"
            onChange={(event) => state.readFile(event.target.files?.[0])}
          />
        </Field>
        <Field label="Document">
          <Textarea
            rows={checked ? 6 : 14}
            spellCheck={false}
            className="font-mono text-sm"
            value={text}
            onChange={(event) => state.change(event.target.value)}
            placeholder={'apiVersion: v3.1.0\nkind: DataContract\nid: …'}
          />
        </Field>
        {messages.length > 0 && (
          <Callout tone="error" title="The document cannot be used yet">
            <ul className="list-disc pl-5">
              {messages.map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </Callout>
        )}
        {checked && (
          <DocumentCheck
            checked={checked}
            keptAt={keptAt}
            object={state.object}
            onObject={state.setObject}
          />
        )}
      </div>
    </Dialog>
  );
}
