'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { setSurveyAction } from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';
import type { SurveySettings } from '@/lib/insight';

/** Whether people are asked, what, how often, and whether answers name them. */
export function SurveyDialog({ settings }: { settings: SurveySettings }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields, reset } = useAction(setSurveyAction, () => {
    setIsOpen(false);
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({
      isOn: form.has('isOn'),
      isAnonymous: form.has('isAnonymous'),
      question: textOf(form, 'question'),
      everyDays: textOf(form, 'everyDays'),
    });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      title="The survey"
      description="One question, answered from 1, very dissatisfied, to 5, very satisfied."
      trigger={<Button icon={<SlidersHorizontal aria-hidden />}>Set the survey</Button>}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <FormMessage message={message} />
        <Checkbox name="isOn" label="Ask people" defaultChecked={settings.isOn} />
        <Field label="Question" error={fields.question}>
          <Input name="question" defaultValue={settings.question} autoComplete="off" />
        </Field>
        <Checkbox
          name="isAnonymous"
          label="Anonymous"
          hint="Holds for who is asked from now on. What was answered before stays as it was promised."
          defaultChecked={settings.isAnonymous}
        />
        <Field
          label="Days before somebody is asked again"
          hint="From 30 to 365."
          error={fields.everyDays}
        >
          <Input name="everyDays" inputMode="numeric" defaultValue={settings.everyDays} />
        </Field>
        <Button type="submit" variant="primary" loading={isPending} className="justify-self-end">
          Save
        </Button>
      </form>
    </Dialog>
  );
}
