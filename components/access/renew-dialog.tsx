'use client';

import { renewAccessAction } from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { HeldGrant } from '@/lib/access';

export const RenewDialog = ({ grant }: { grant: HeldGrant }) => (
  <FormDialog
    title={`Go on reading ${grant.product.title}`}
    description="Your grant holds as it is until the owner has decided."
    trigger={
      <Button size="sm" aria-label={`Renew the grant for ${grant.product.title}`}>
        Renew
      </Button>
    }
    submitLabel="Ask to go on"
    done="The owner is asked"
    send={(form) =>
      renewAccessAction({
        ...{ grantId: grant.id, note: textOf(form, 'note') },
        days: Number(textOf(form, 'days')),
      })
    }
  >
    {(fields) => (
      <>
        <Field label="For how many more days" required error={fields.days}>
          <Input type="number" name="days" min={1} max={365} defaultValue={90} required />
        </Field>
        <Field label="In your own words" required error={fields.note}>
          <Textarea name="note" rows={3} maxLength={1000} required />
        </Field>
      </>
    )}
  </FormDialog>
);
