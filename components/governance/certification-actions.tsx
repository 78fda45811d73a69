'use client';

import { Award } from 'lucide-react';
import {
  certifyProductAction,
  renewCertificationAction,
  withdrawCertificationAction,
} from '@/app/(portal)/products/[domain]/[product]/certification-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';

interface CertifyDialogProps {
  productId: string;
  /** The certification in whose place this one comes. */
  renews: string | null;
}

/** A steward certifies a product, or renews what stands. */
export function CertifyDialog({ productId, renews }: CertifyDialogProps) {
  const verb = renews ? 'Renew' : 'Certify';
  return (
    <FormDialog
      title={renews ? 'Renew the certification' : 'Certify this product'}
      description="It stands until the day, a year away at most. A new major version of the contract ends it earlier."
      trigger={
        <Button size="sm" icon={<Award aria-hidden />}>
          {verb}
        </Button>
      }
      submitLabel={verb}
      done={renews ? 'Renewed' : 'Certified'}
      send={(form) => {
        const said = { reason: textOf(form, 'reason'), until: textOf(form, 'until') };
        return renews
          ? renewCertificationAction({ ...said, certificationId: renews })
          : certifyProductAction({ ...said, productId });
      }}
    >
      {(fields) => (
        <>
          <Field
            label="Why it can be relied on"
            required
            hint="Everybody who finds the product reads this."
            error={fields.reason}
          >
            <Textarea name="reason" rows={3} maxLength={1000} required dir="auto" />
          </Field>
          <Field label="Until" required error={fields.until}>
            <Input type="date" name="until" required />
          </Field>
        </>
      )}
    </FormDialog>
  );
}

export function WithdrawButton({ certificationId }: { certificationId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Withdraw</Button>}
      title="Withdraw the certification?"
      effects={[
        'The badge is gone at once.',
        'Who answers for the product is told, with your reason.',
      ]}
      ask={{ label: 'Reason', hint: 'It stands in the history.', most: 1000 }}
      confirmLabel="Withdraw"
      onConfirm={(reason) => withdrawCertificationAction({ certificationId, reason })}
      done="Withdrawn"
    />
  );
}
