'use client';

import { SlidersHorizontal } from 'lucide-react';
import { setSurveyAction } from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { SurveySettings } from '@/lib/insight';

/** Whether people are asked, what, how often, and whether answers name them. */
export const SurveyDialog = ({ settings }: { settings: SurveySettings }) => (
  <FormDialog
    title="The survey"
    description="One question, answered from 1, very dissatisfied, to 5, very satisfied."
    trigger={<Button icon={<SlidersHorizontal aria-hidden />}>Set the survey</Button>}
    submitLabel="Save"
    send={(form) =>
      setSurveyAction({
        ...{ isOn: form.has('isOn'), isAnonymous: form.has('isAnonymous') },
        ...{ question: textOf(form, 'question'), everyDays: textOf(form, 'everyDays') },
      })
    }
  >
    {(fields) => (
      <>
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
      </>
    )}
  </FormDialog>
);
