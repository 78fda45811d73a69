'use client';

import { MailX } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { unsubscribeAction } from '@/app/(auth)/unsubscribe/actions';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { useAction } from '@/components/ui/use-action';
import type { UnsubscribeChoices } from '@/lib/alerts';

interface UnsubscribeFormProps {
  token: string;
  choices: UnsubscribeChoices;
}

/** What the holder of a message may stop. Nothing is stopped by opening the page: programs open links too. */
export function UnsubscribeForm({
  token,
  choices: { kind, product, isFigures },
}: UnsubscribeFormProps) {
  const [done, setDone] = useState<string>();
  const { run, isPending, message } = useAction(unsubscribeAction, (_, { what }) =>
    setDone(
      what === 'all'
        ? 'You get no more e-mail.'
        : what === 'product'
          ? `You are told no more of ${product}.`
          : isFigures
            ? 'You get these figures no more.'
            : 'You get no more e-mail of this kind.',
    ),
  );
  return (
    <Card>
      <h1 className="flex items-center gap-2 text-lg font-semibold">
        <MailX className="size-5 text-accent" aria-hidden />
        Stop e-mail from Portolan
      </h1>
      <div aria-live="polite">
        {done && (
          <p className="mt-3">
            {done}{' '}
            {isFigures ? 'Subscribe again under' : 'It still comes to your inbox; change it under'}{' '}
            <Link
              href={isFigures ? '/insight/digests' : '/settings/notifications'}
              className="link"
            >
              {isFigures ? 'Insight by e-mail' : 'Notifications'}
            </Link>
            .
          </p>
        )}
      </div>
      {!done && (
        <div className="mt-4 grid gap-3">
          {kind && (
            <Button
              className="h-auto min-h-9 py-1.5 whitespace-normal"
              loading={isPending}
              onClick={() => run({ token, what: 'kind' })}
            >
              {isFigures ? 'Send me these figures no more' : `No e-mail of this kind: ${kind}`}
            </Button>
          )}
          {product && (
            <Button
              className="h-auto min-h-9 py-1.5 whitespace-normal"
              loading={isPending}
              onClick={() => run({ token, what: 'product' })}
            >
              Tell me nothing more of {product}
            </Button>
          )}
          <Button loading={isPending} onClick={() => run({ token, what: 'all' })}>
            No e-mail at all
          </Button>
          <FormMessage message={message} />
        </div>
      )}
    </Card>
  );
}
