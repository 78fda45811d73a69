'use client';

import { BellOff, BellRing } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { setFollowAction } from '@/app/(portal)/products/[domain]/[product]/community-actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { FormMessage } from '@/components/ui/form-message';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';

interface FollowButtonProps {
  productId: string;
  title: string;
  follow: { isFollowing: boolean; byGrant: boolean; muted: readonly string[] };
  /** Every event, as `[key, what it is]`. */
  events: readonly (readonly [string, string])[];
  size?: 'sm' | 'md';
}

type Muted = NonNullable<Parameters<typeof setFollowAction>[0]['muted']>;

/** Whether this person is told of a product, and of which events. */
export function FollowButton({ productId, title, follow, events, size = 'md' }: FollowButtonProps) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message } = useAction(setFollowAction, (_, { isFollowing }) => {
    setIsOpen(false);
    toast({ title: isFollowing ? 'You follow it' : 'You are told no more', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = new FormData(event.currentTarget).getAll('event');
    const muted = events.map(([key]) => key).filter((key) => !wanted.includes(key)) as Muted;
    run({ productId, isFollowing: true, muted });
  }
  const { isFollowing, byGrant, muted } = follow;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      title={`Be told of ${title}`}
      description={
        byGrant
          ? 'You hold a grant, so you are told unless you switch it off. It comes to your inbox, and by e-mail as your notifications say.'
          : 'It comes to your inbox, and by e-mail as your notifications say.'
      }
      trigger={
        <Button size={size} icon={isFollowing ? <BellRing aria-hidden /> : <BellOff aria-hidden />}>
          {isFollowing ? 'Following' : 'Follow'}
        </Button>
      }
    >
      <form onSubmit={submit} className="grid gap-4">
        <fieldset className="grid gap-3">
          <legend className="mb-2 text-sm font-medium">Tell me when</legend>
          {events.map(([key, label]) => (
            <Checkbox
              key={key}
              name="event"
              value={key}
              label={label}
              defaultChecked={!muted.includes(key)}
            />
          ))}
        </fieldset>
        <FormMessage message={message} />
        <div className="flex flex-wrap justify-end gap-2">
          {isFollowing && (
            <Button disabled={isPending} onClick={() => run({ productId, isFollowing: false })}>
              Tell me nothing
            </Button>
          )}
          <Button type="submit" variant="primary" loading={isPending}>
            {isFollowing ? 'Keep' : 'Follow'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
