'use client';

import { Award } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  certifyProductAction,
  renewCertificationAction,
  withdrawCertificationAction,
} from '@/app/(portal)/products/[domain]/[product]/certification-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';

interface CertifyDialogProps {
  productId: string;
  /** The certification in whose place this one comes. */
  renews: string | null;
}

/** A steward certifies a product, or renews what stands. */
export function CertifyDialog({ productId, renews }: CertifyDialogProps) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const done = () => {
    setIsOpen(false);
    toast({ title: renews ? 'Renewed' : 'Certified', tone: 'ok' });
    router.refresh();
  };
  const certify = useAction(certifyProductAction, done);
  const renew = useAction(renewCertificationAction, done);
  const { isPending, message, fields, reset } = renews ? renew : certify;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = { reason: textOf(form, 'reason'), until: textOf(form, 'until') };
    if (renews) renew.run({ ...said, certificationId: renews });
    else certify.run({ ...said, productId });
  }
  const verb = renews ? 'Renew' : 'Certify';
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      title={renews ? 'Renew the certification' : 'Certify this product'}
      description="It stands until the day, a year away at most. A new major version of the contract ends it earlier."
      trigger={
        <Button size="sm" icon={<Award aria-hidden />}>
          {verb}
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
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
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function WithdrawButton({ certificationId }: { certificationId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Withdraw</Button>}
      title="Withdraw the certification?"
      effects={[
        'The badge is gone at once.',
        'Who answers for the product is told, with your reason.',
      ]}
      confirmLabel="Withdraw"
      onConfirm={async () => {
        const answer = await withdrawCertificationAction({ certificationId, reason });
        if (!answer.ok) return answer;
        toast({ title: 'Withdrawn', tone: 'ok' });
        router.refresh();
        return answer;
      }}
    >
      <Field label="Reason" required hint="It stands in the history.">
        <Textarea
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </ConfirmDialog>
  );
}
