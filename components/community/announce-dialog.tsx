'use client';

import { Megaphone } from 'lucide-react';
import {
  announceAction,
  endAnnouncementAction,
} from '@/app/(portal)/products/[domain]/[product]/community-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';

/** The owner tells whoever follows the product. */
export function AnnounceDialog({ productId }: { productId: string }) {
  return (
    <FormDialog
      title="Announce something"
      description="It stands above every page of the product until the day, and whoever follows it is told now."
      trigger={<Button icon={<Megaphone aria-hidden />}>Announce</Button>}
      submitLabel="Announce"
      send={(form) =>
        announceAction({
          ...{ productId, title: textOf(form, 'title'), text: textOf(form, 'text') },
          until: textOf(form, 'until'),
        })
      }
      done={({ told }) => ({
        title: 'Announced',
        description: told === 1 ? 'One person was told.' : `${told} people were told.`,
      })}
    >
      {(fields) => (
        <>
          <Field label="In a line" required error={fields.title}>
            <Input name="title" maxLength={120} required dir="auto" />
          </Field>
          <Field label="More" optional error={fields.text}>
            <Textarea name="text" rows={4} maxLength={2000} dir="auto" />
          </Field>
          <Field label="Shown until" required error={fields.until}>
            <Input type="date" name="until" required />
          </Field>
        </>
      )}
    </FormDialog>
  );
}

export const EndButton = ({ announcementId }: { announcementId: string }) => (
  <ConfirmDialog
    trigger={<Button size="sm">End it</Button>}
    title="End the announcement?"
    effects={['It is shown no more. Who was told keeps the alert.']}
    confirmLabel="End it"
    onConfirm={() => endAnnouncementAction({ announcementId })}
  />
);
