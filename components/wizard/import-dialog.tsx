'use client';

import { FileUp } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { ImportResult } from './import-result';
import { useImport } from './use-import';

/** Starts a draft from a contract or a product document, pasted or read from a file; it is checked first. */
export function ImportDialog() {
  const state = useImport();
  const { text, checked, messages, isPending } = state;
  return (
    <Dialog
      size="lg"
      title="Start from a document"
      description="An ODCS contract, an ODPS product or a DataProduct document, as YAML or JSON. Its fields fill the three screens; the rows come from a file, a product or a query as always."
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
              onClick={() => state.start(true)}
              loading={isPending}
            >
              Start with {checked.upgrade.to}
            </Button>
          )}
          {checked?.ok ? (
            <Button variant="primary" onClick={() => state.start(false)} loading={isPending}>
              Start draft
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
          <ImportResult checked={checked} object={state.object} onObject={state.setObject} />
        )}
      </div>
    </Dialog>
  );
}
