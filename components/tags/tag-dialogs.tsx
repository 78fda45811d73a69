'use client';

import { Check, Combine, MoreHorizontal, Pencil, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import {
  approveTagAction,
  createTagAction,
  updateTagAction,
} from '@/app/(portal)/governance/tags/actions';
import { Button } from '@/components/ui/button';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { type Answer, textOf } from '@/components/ui/use-action';
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
  const written = (form: FormData) => ({
    ...{ name: textOf(form, 'name'), description: textOf(form, 'description') },
    ...{ category: textOf(form, 'category'), owner: textOf(form, 'owner') || undefined },
  });
  return (
    <FormDialog
      size="md"
      open={isOpen}
      onOpenChange={onOpenChange}
      title={tag ? `The tag “${tag.name}”` : 'New tag'}
      description={
        tag
          ? 'With another name, its products carry that one at once, and the old word leads to it.'
          : 'It is approved: whoever makes a product may use it.'
      }
      submitLabel={tag ? 'Save' : 'Add it'}
      send={(form): Promise<Answer<{ products: number } | { name: string }>> =>
        tag
          ? updateTagAction({ ...written(form), tag: tag.name, rev: tag.rev })
          : createTagAction(written(form))
      }
      done={(made) => ({ title: doneText(made) })}
    >
      {(fields) => <TagFields tag={tag} fields={fields} />}
    </FormDialog>
  );
}

function doneText(made: { products: number } | { name: string }): string {
  if ('name' in made) return `“${made.name}” is in the vocabulary`;
  return made.products > 0 ? `Saved; ${productsText(made.products)} changed` : 'Saved';
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
