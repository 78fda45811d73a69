'use client';

import { FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { importDescriptorAction } from '@/app/(portal)/products/drafts/[id]/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';

/** Starts a draft from a DataProduct document, pasted or read from a file. */
export function ImportDialog() {
  const router = useRouter();
  const [yaml, setYaml] = useState('');
  const [issues, setIssues] = useState<string[]>([]);
  const [isPending, startTransition] = useTransition();
  const start = () =>
    startTransition(async () => {
      const result = await importDescriptorAction({ yaml });
      if (result.ok) router.push(`/products/drafts/${result.data.id}?step=1`);
      else setIssues(Object.values(result.fields ?? { yaml: result.message }));
    });
  return (
    <Dialog
      size="lg"
      title="Start from a document"
      description="A DataProduct document (YAML or JSON). Its fields fill the three screens; a file has to be uploaded again."
      trigger={
        <Button icon={<FileUp aria-hidden />} variant="secondary">
          From YAML
        </Button>
      }
      footer={
        <>
          <DialogClose>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button variant="primary" onClick={start} loading={isPending} disabled={!yaml.trim()}>
            Start draft
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="File" optional>
          <Input
            type="file"
            accept=".yaml,.yml,.json"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              if (!file) return;
              if (file.size > 1_000_000) setIssues(['The file is larger than 1 MB.']);
              else setYaml(await file.text());
            }}
          />
        </Field>
        <Field label="Document">
          <Textarea
            rows={14}
            spellCheck={false}
            className="font-mono text-sm"
            value={yaml}
            onChange={(event) => setYaml(event.target.value)}
            placeholder={'apiVersion: v1\nkind: DataProduct\nmetadata: …'}
          />
        </Field>
        {issues.length > 0 && (
          <Callout tone="error" title="The document cannot be used yet">
            <ul className="list-disc pl-5">
              {issues.map((issue) => (
                <li key={issue}>{issue}</li>
              ))}
            </ul>
          </Callout>
        )}
      </div>
    </Dialog>
  );
}
