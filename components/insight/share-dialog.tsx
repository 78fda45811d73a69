'use client';

import { Share2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { createShareAction } from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select } from '@/components/ui/input';
import { ShownOnce } from '@/components/ui/shown-once';
import { textOf, useAction } from '@/components/ui/use-action';
import type { CreateShareInput, MetricWords } from '@/lib/insight';
import { askedText } from './period-words';
import { scopeWords } from './scope-bar';
import type { InsightScope } from './scope-href';

const DAYS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
];

interface ShareDialogProps {
  scope: InsightScope;
  /** One metric; without it all of them. */
  metric?: Pick<MetricWords, 'id' | 'title'>;
}

/** Makes a link to these figures that is opened without signing in. */
export function ShareDialog({ scope, metric }: ShareDialogProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const what = `${metric?.title ?? 'The overview'} of ${scopeWords(scope)}, ${askedText(scope)}`;
  function changeOpen(next: boolean) {
    setOpen(next);
    setUrl(null);
  }
  return (
    <Dialog
      title={url ? 'Copy the link now' : 'Share by a link'}
      description={
        url
          ? 'It is shown this once: the portal keeps only a hash of it.'
          : `${what}: whoever has the link sees them as you may find them on that day, with the names of domains and products in them, without signing in.`
      }
      trigger={<Button icon={<Share2 aria-hidden />}>Share</Button>}
      open={isOpen}
      onOpenChange={changeOpen}
    >
      {url ? (
        <ShownOnce secret={url} onDone={() => changeOpen(false)} />
      ) : (
        <ShareForm
          scope={scope}
          metric={metric?.id}
          onCreated={(made) => {
            setUrl(made);
            router.refresh();
          }}
        />
      )}
    </Dialog>
  );
}

interface ShareFormProps {
  scope: InsightScope;
  metric: string | undefined;
  onCreated: (url: string) => void;
}

function ShareForm({ scope, metric, onCreated }: ShareFormProps) {
  const { run, isPending, message, fields } = useAction(createShareAction, ({ url }) =>
    onCreated(url),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { range, compare, from, to, domain, product } = scope;
    const seen = { range, compare, from, to, domain, product, metric } as CreateShareInput;
    run({ ...seen, title: textOf(form, 'title'), days: textOf(form, 'days') });
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormMessage message={message} />
      <Field label="What it is for" hint="Its visitors see this as the title." error={fields.title}>
        <Input name="title" autoComplete="off" maxLength={80} />
      </Field>
      <Field label="It works for" error={fields.days}>
        <Select name="days" options={DAYS} defaultValue="30" />
      </Field>
      <Button type="submit" variant="primary" loading={isPending} className="justify-self-end">
        Create link
      </Button>
    </form>
  );
}
