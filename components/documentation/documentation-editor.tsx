'use client';

import { useRouter } from 'next/navigation';
import { useDeferredValue, useState } from 'react';
import { saveDocumentationAction } from '@/app/(portal)/products/[domain]/[product]/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';
import { GENERATED, unknownMarks } from '@/lib/documentation/parts';
import { DocumentationBody, type DocumentationBodyProps } from './documentation-body';

interface DocumentationEditorProps extends DocumentationBodyProps {
  productId: string;
  rev: number;
  onClose: () => void;
}

const MARKS = GENERATED.map((name) => `{{${name}}}`).join(', ');

/** Text beside what it becomes; examples that are new are run when it is saved. */
export function DocumentationEditor(props: DocumentationEditorProps) {
  const { productId, rev, onClose, text: saved, ...body } = props;
  const [text, setText] = useState(saved);
  const shown = useDeferredValue(text);
  const router = useRouter();
  const toast = useToast();
  const save = useAction(saveDocumentationAction, ({ examples }) => {
    const broken = examples.filter(({ state }) => state === 'fails').length;
    const title =
      broken > 0
        ? `Saved. ${broken} of ${examples.length} examples do not work; the page says why`
        : 'Documentation saved';
    toast({ title, tone: broken > 0 ? 'warn' : 'ok' });
    onClose();
    router.refresh();
  });
  const unknown = unknownMarks(shown);
  return (
    <form
      className="grid gap-6 lg:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save.run({ productId, rev, text });
      }}
    >
      <Card title="Text" className="self-start">
        <div className="flex flex-col gap-4">
          <Field
            label="Documentation in Markdown"
            hint={`On a line of its own, ${MARKS} place what the portal makes. A code block marked portolan holds a query such as limit=3; it is run and kept true.`}
            error={save.fields.text}
          >
            <Textarea
              name="text"
              rows={22}
              className="font-mono text-sm"
              value={text}
              onChange={(event) => setText(event.target.value)}
              maxLength={200_000}
            />
          </Field>
          {unknown.length > 0 && (
            <Callout tone="warn">
              {`There is no part named ${unknown.join(', ')}. It stays in the text as it is.`}
            </Callout>
          )}
          <FormMessage message={save.message} />
          <div className="flex flex-wrap gap-2">
            <Button
              type="submit"
              variant="primary"
              loading={save.isPending}
              disabled={text === saved}
            >
              Save
            </Button>
            <Button onClick={onClose} disabled={save.isPending}>
              Cancel
            </Button>
          </div>
        </div>
      </Card>
      <Card title="Preview">
        <DocumentationBody text={shown} {...body} />
      </Card>
    </form>
  );
}
