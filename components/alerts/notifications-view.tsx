'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { setAlertPreferenceAction } from '@/app/(portal)/settings/webhooks/actions';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { PageHeader } from '@/components/ui/page-header';
import { useToast } from '@/components/ui/toast';
import type { Digest, Preference } from '@/lib/alerts';
import { DigestChoice } from './digest-choice';

interface NotificationsViewProps {
  hasMailServer: boolean;
  all: boolean | null;
  kinds: Preference[];
  digest: Digest;
  email: string;
  /** Which products. */
  children: ReactNode;
}

const wordOf = (email: boolean | null) => (email === null ? '' : email ? 'yes' : 'no');
const saidBy = (value: string) => (value === '' ? null : value === 'yes');

/** What this person gets by e-mail; everything is in the inbox anyway. */
export function NotificationsView(props: NotificationsViewProps) {
  const { hasMailServer, digest, all, kinds, email, children } = props;
  return (
    <>
      <PageHeader
        title="Notifications"
        description="Everything is told in your inbox. Choose what comes by e-mail too."
        crumbs={[{ label: 'Inbox', href: '/inbox' }, { label: 'Notifications' }]}
      />
      <div className="flex max-w-3xl flex-col gap-6">
        {!hasMailServer && (
          <Callout tone="warn" title="This portal sends no e-mail yet">
            A platform admin sets a mail server with PORTOLAN_SMTP_URL. Your choice is kept until
            then.
          </Callout>
        )}
        <Card title={`E-mail to ${email}`}>
          <Choice
            kind="*"
            label="Everything"
            value={all}
            standard="What asks me to act, and errors"
          />
          <DigestChoice digest={digest} />
        </Card>
        {children}
        <Card title="By kind" description="Said here, a kind follows its own line." flush>
          <ul className="divide-y">
            {kinds.map(({ kind, about, email: said, byDefault }) => (
              <li key={kind} className="px-5 py-3">
                <Choice
                  kind={kind}
                  label={about}
                  value={said}
                  standard={
                    all === null
                      ? byDefault
                        ? 'As above: by e-mail'
                        : 'As above: errors only'
                      : 'As above'
                  }
                />
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}

interface ChoiceProps {
  kind: string;
  label: string;
  value: boolean | null;
  standard: string;
}

function Choice({ kind, label, value, standard }: ChoiceProps) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const choose = (chosen: string) =>
    startTransition(async () => {
      const answer = await setAlertPreferenceAction({ kind, email: saidBy(chosen) });
      if (!answer.ok) return void toast({ title: answer.message, tone: 'error' });
      toast({ title: 'Saved', tone: 'ok' });
      router.refresh();
    });
  return (
    <Field label={label} className="sm:grid sm:grid-cols-[1fr_16rem] sm:items-center sm:gap-4">
      <Select
        key={wordOf(value)}
        defaultValue={wordOf(value)}
        disabled={isPending}
        onChange={(event) => choose(event.target.value)}
        options={[
          { value: '', label: standard },
          { value: 'yes', label: 'By e-mail' },
          { value: 'no', label: 'Never by e-mail' },
        ]}
      />
    </Field>
  );
}
