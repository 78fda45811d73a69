'use client';

import { useRouter } from 'next/navigation';
import { setDigestAction } from '@/app/(portal)/inbox/actions';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';
import type { Digest } from '@/lib/alerts';

const CHOICES: { value: Digest; label: string }[] = [
  { value: 'immediate', label: 'Each alert at once' },
  { value: 'daily', label: 'One message a day' },
  { value: 'weekly', label: 'One message a week, on Mondays' },
];

/** How often mail comes. */
export function DigestChoice({ digest }: { digest: Digest }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message } = useAction(setDigestAction, () => {
    toast({ title: 'Saved', tone: 'ok' });
    router.refresh();
  });
  return (
    <>
      <Field
        label="How often"
        hint="Digests leave at 07:00 UTC."
        className="mt-4 sm:grid sm:grid-cols-[1fr_16rem] sm:items-center sm:gap-x-4"
      >
        <Select
          key={digest}
          defaultValue={digest}
          disabled={isPending}
          onChange={(event) => run({ every: event.target.value as Digest })}
          options={CHOICES}
        />
      </Field>
      <FormMessage message={message} />
    </>
  );
}
