'use client';

import { MoreHorizontal, Pencil, Trash2, Users } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { deleteQueryAction, restoreQueryAction } from '@/app/(portal)/workbench/actions';
import { cn } from '@/components/ui/cn';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { useToast } from '@/components/ui/toast';
import type { SavedQueryRow } from '@/lib/workbench';
import { type DomainChoice, SaveQueryDialog } from './save-query-dialog';

interface SavedPanelProps {
  queries: SavedQueryRow[];
  openId: string | null;
  domains: DomainChoice[];
}

/** One's own saved queries, and those that one's domains share; each is a link. */
export function SavedPanel({ queries, openId, domains }: SavedPanelProps) {
  if (queries.length === 0) {
    return (
      <p className="text-sm text-muted">
        Nothing yet. Save a query to find it again, or to share it with your domain.
      </p>
    );
  }
  return (
    <ul className="flex flex-col divide-y" aria-label="Saved queries">
      {queries.map((query) => (
        <li key={query.id} className="flex items-start gap-1 py-1.5">
          <Link
            href={`/workbench?query=${query.id}`}
            aria-current={query.id === openId ? 'true' : undefined}
            className={cn(
              'min-w-0 flex-1 rounded-sm px-1 py-1 hover:bg-hover',
              query.id === openId && 'bg-accent-soft',
            )}
          >
            <span className="block text-sm font-medium break-words">{query.name}</span>
            {query.description && (
              <span className="block text-sm break-words text-muted">{query.description}</span>
            )}
            {query.domain && (
              <span className="mt-0.5 flex items-center gap-1 text-xs text-muted">
                <Users className="size-3.5 shrink-0" aria-hidden />
                {query.isMine
                  ? `Shared with ${query.domain.title}`
                  : `${query.owner}, ${query.domain.title}`}
              </span>
            )}
          </Link>
          {query.isMine && <QueryMenu query={query} domains={domains} />}
        </li>
      ))}
    </ul>
  );
}

function QueryMenu({ query, domains }: { query: SavedQueryRow; domains: DomainChoice[] }) {
  const router = useRouter();
  const toast = useToast();
  const [isEditing, setIsEditing] = useState(false);
  const [, startTransition] = useTransition();
  const undo = () =>
    startTransition(async () => {
      const answer = await restoreQueryAction({ queryId: query.id });
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      router.refresh();
    });
  const remove = () =>
    startTransition(async () => {
      const answer = await deleteQueryAction({ queryId: query.id });
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      else {
        const action = { label: 'Undo', onClick: undo };
        toast({ title: `“${query.name}” is deleted`, action });
      }
      router.refresh();
    });
  return (
    <>
      <DropdownMenu
        trigger={<IconButton size="sm" label={`“${query.name}”: more`} icon={<MoreHorizontal />} />}
        entries={[
          { label: 'Name and sharing', icon: <Pencil />, onSelect: () => setIsEditing(true) },
          'separator',
          { label: 'Delete', icon: <Trash2 />, danger: true, onSelect: remove },
        ]}
      />
      {isEditing && (
        <SaveQueryDialog
          sql={query.sql}
          saved={query}
          domains={domains}
          onClose={() => setIsEditing(false)}
        />
      )}
    </>
  );
}
