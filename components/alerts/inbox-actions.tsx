'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Mail, MailOpen } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { markReadAction } from '@/app/(portal)/inbox/actions';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useToast } from '@/components/ui/toast';
import { UNREAD_KEY } from './unread-key';

/** Marks, then shows the page and the bell anew. */
function useMark() {
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const mark = (input: { ids?: string[]; isRead: boolean }) =>
    startTransition(async () => {
      const answer = await markReadAction(input);
      if (!answer.ok) return void toast({ title: answer.message, tone: 'error' });
      router.refresh();
      await client.invalidateQueries({ queryKey: UNREAD_KEY });
    });
  return { mark, isPending };
}

export function MarkAllButton() {
  const { mark, isPending } = useMark();
  return (
    <Button loading={isPending} onClick={() => mark({ isRead: true })}>
      Mark all as read
    </Button>
  );
}

export function MarkButton({ id, isRead }: { id: string; isRead: boolean }) {
  const { mark, isPending } = useMark();
  return (
    <IconButton
      label={isRead ? 'Mark as unread' : 'Mark as read'}
      icon={isRead ? <Mail /> : <MailOpen />}
      disabled={isPending}
      onClick={() => mark({ ids: [id], isRead: !isRead })}
    />
  );
}

interface OpenLinkProps {
  id: string;
  href: string;
  isRead: boolean;
  children: ReactNode;
}

/** Opening what an alert is about reads it. */
export function OpenLink({ id, href, isRead, children }: OpenLinkProps) {
  const { mark } = useMark();
  return (
    <Link
      href={href}
      className="link"
      onClick={() => {
        if (!isRead) mark({ ids: [id], isRead: true });
      }}
    >
      {children}
    </Link>
  );
}
