import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Textarea } from '@/components/ui/input';
import { type ErrorOf, type Promises, replaced, said } from './promises';

interface TermsFieldsProps {
  terms: Promises['terms'];
  errorOf?: ErrorOf;
  onChange: (terms: Promises['terms']) => void;
}

/** What readers may do with the rows, what they may not, and the documents that say so at length. */
export function TermsFields({ terms = {}, errorOf, onChange }: TermsFieldsProps) {
  const { definitions = [] } = terms;
  const set = (patch: Partial<NonNullable<Promises['terms']>>) =>
    onChange(said({ ...terms, ...patch }));
  return (
    <div className="grid gap-4">
      <Field
        label="Usage"
        optional
        hint="What the rows may be used for."
        error={errorOf?.('terms.usage')}
      >
        <Textarea
          rows={2}
          maxLength={5000}
          value={terms.usage ?? ''}
          onChange={(event) => set({ usage: event.target.value })}
        />
      </Field>
      <Field
        label="Limitations"
        optional
        hint="What they are not for, and what is known to be wrong or missing."
        error={errorOf?.('terms.limitations')}
      >
        <Textarea
          rows={2}
          maxLength={5000}
          value={terms.limitations ?? ''}
          onChange={(event) => set({ limitations: event.target.value })}
        />
      </Field>
      {definitions.map((definition, at) => {
        const change = (patch: Partial<typeof definition>) =>
          set({ definitions: replaced(definitions, at, { ...definition, ...patch }) });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document's place is what it is edited by
          <div key={at} className="flex flex-wrap items-end gap-3">
            <Field
              label="Document"
              className="min-w-40 flex-1"
              error={errorOf?.(`terms.definitions.${at}.type`)}
            >
              <Input
                maxLength={200}
                placeholder="Licence"
                value={definition.type ?? ''}
                onChange={(event) => change({ type: event.target.value })}
              />
            </Field>
            <Field
              label="Its address"
              className="min-w-48 flex-2"
              error={errorOf?.(`terms.definitions.${at}.url`)}
            >
              <Input
                type="url"
                maxLength={2000}
                placeholder="https://"
                value={definition.url ?? ''}
                onChange={(event) => change({ url: event.target.value })}
              />
            </Field>
            <IconButton
              label={`Remove ${definition.type || 'the document'}`}
              icon={<Trash2 />}
              onClick={() => set({ definitions: replaced(definitions, at, null) })}
            />
          </div>
        );
      })}
      <div>
        <Button
          size="sm"
          icon={<Plus />}
          onClick={() => set({ definitions: [...definitions, { type: '', url: '' }] })}
        >
          Add a document
        </Button>
      </div>
    </div>
  );
}
