'use client';

import { Check, Combine, MoreHorizontal, Pencil, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import {
  approveTagAction,
  createTagAction,
  updateTagAction,
} from '@/app/(portal)/governance/tags/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { TagRow } from '@/lib/governance';
import { productsText, RetireDialog } from './retire-dialog';

export function NewTagButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setIsOpen(true)}>
        New tag
      </Button>
      <TagDialog isOpen={isOpen} onOpenChange={setIsOpen} />
    </>
  );
}

/** What a steward does with a tag. */
export function TagMenu({ tag }: { tag: TagRow }) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const [open, setOpen] = useState<'edit' | 'retire' | null>(null);
  const approve = () =>
    startTransition(async () => {
      const answer = await approveTagAction({ tag: tag.name, rev: tag.rev });
      if (!answer.ok) return toast({ title: answer.message, tone: 'error' });
      toast({ title: `“${tag.name}” is approved`, tone: 'ok' });
      router.refresh();
    });
  const change = (which: 'edit' | 'retire') => (isOpen: boolean) => setOpen(isOpen ? which : null);
  return (
    <span className="flex justify-end gap-2">
      {tag.state !== 'approved' && (
        <Button size="sm" icon={<Check aria-hidden />} loading={isPending} onClick={approve}>
          {tag.state === 'retired' ? 'Take back' : 'Approve'}
        </Button>
      )}
      {tag.state !== 'retired' && (
        <DropdownMenu
          trigger={
            <IconButton size="sm" label={`More about ${tag.name}`} icon={<MoreHorizontal />} />
          }
          entries={[
            {
              label: 'Describe or rename',
              icon: <Pencil aria-hidden />,
              onSelect: () => setOpen('edit'),
            },
            {
              label: 'Merge or retire',
              icon: <Combine aria-hidden />,
              onSelect: () => setOpen('retire'),
            },
          ]}
        />
      )}
      <TagDialog tag={tag} isOpen={open === 'edit'} onOpenChange={change('edit')} />
      <RetireDialog tag={tag} isOpen={open === 'retire'} onOpenChange={change('retire')} />
    </span>
  );
}

interface TagDialogProps {
  /** The tag that is written anew. */
  tag?: TagRow;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

function TagDialog({ tag, isOpen, onOpenChange }: TagDialogProps) {
  const router = useRouter();
  const toast = useToast();
  const done = (title: string) => {
    onOpenChange(false);
    toast({ title, tone: 'ok' });
    router.refresh();
  };
  const create = useAction(createTagAction, ({ name }) => done(`“${name}” is in the vocabulary`));
  const update = useAction(updateTagAction, ({ products }) =>
    done(products > 0 ? `Saved; ${productsText(products)} changed` : 'Saved'),
  );
  const { isPending, message, fields, reset } = tag ? update : create;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const written = {
      ...{ name: textOf(form, 'name'), description: textOf(form, 'description') },
      ...{ category: textOf(form, 'category'), owner: textOf(form, 'owner') || undefined },
    };
    if (tag) update.run({ ...written, tag: tag.name, rev: tag.rev });
    else create.run(written);
  }
  return (
    <Dialog
      size="md"
      open={isOpen}
      onOpenChange={(next) => {
        onOpenChange(next);
        reset();
      }}
      title={tag ? `The tag “${tag.name}”` : 'New tag'}
      description={
        tag
          ? 'With another name, its products carry that one at once, and the old word leads to it.'
          : 'It is approved: whoever makes a product may use it.'
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <TagFields tag={tag} fields={fields} />
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            {tag ? 'Save' : 'Add it'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function TagFields({ tag, fields }: { tag?: TagRow; fields: Record<string, string> }) {
  return (
    <>
      <Field label="Name" required error={fields.name}>
        <Input name="name" required maxLength={50} defaultValue={tag?.name} autoComplete="off" />
      </Field>
      <Field label="What it tells" optional error={fields.description}>
        <Textarea
          name="description"
          rows={3}
          maxLength={1000}
          defaultValue={tag?.description}
          dir="auto"
        />
      </Field>
      <Field label="Category" optional hint="As topic, source or use." error={fields.category}>
        <Input name="category" maxLength={50} defaultValue={tag?.category} autoComplete="off" />
      </Field>
      <Field
        label="Looked after by"
        optional
        hint="A steward’s address. Without it, you."
        error={fields.owner}
      >
        <Input name="owner" type="email" defaultValue={tag?.owner?.email} autoComplete="off" />
      </Field>
    </>
  );
}
