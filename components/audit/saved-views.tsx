'use client';

import { MoreHorizontal, Pencil, Share2, Trash2, Users } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import {
  deleteAuditViewAction,
  saveAuditViewAction,
  updateAuditViewAction,
} from '@/app/(portal)/governance/audit/actions';
import { cn } from '@/components/ui/cn';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { useToast } from '@/components/ui/toast';
import type { AuditView } from '@/lib/audit';
import { RenameViewDialog } from './rename-view-dialog';
import { SaveViewDialog } from './save-view-dialog';

interface SavedViewsProps {
  views: AuditView[];
  /** The search on the page, as a saved one would be written; empty without filters. */
  current: string;
}

/** Searches that people keep, as links, and what can be done with the one that is open. */
export function SavedViews({ views, current }: SavedViewsProps) {
  const open = views.find((view) => view.query === current);
  if (views.length === 0 && !current) return null;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {views.length > 0 && (
        <nav aria-label="Saved searches" className="max-h-28 min-w-0 overflow-y-auto py-0.5">
          <ul className="flex flex-wrap gap-2">
            {views.map((view) => (
              <li key={view.id} className="min-w-0">
                <ViewChip view={view} isOpen={view.query === current} />
              </li>
            ))}
          </ul>
        </nav>
      )}
      {open?.isMine && <ViewMenu view={open} />}
      {current && !open?.isMine && <SaveViewDialog query={current} />}
    </div>
  );
}

function ViewChip({ view, isOpen }: { view: AuditView; isOpen: boolean }) {
  return (
    <Link
      href={`/governance/audit?${view.query}`}
      aria-current={isOpen ? 'true' : undefined}
      title={view.isMine ? undefined : `Shared by ${view.owner}`}
      className={cn(
        'flex h-8 max-w-64 items-center gap-1.5 rounded-full border px-3 text-sm [&_svg]:size-3.5 [&_svg]:shrink-0',
        isOpen ? 'border-accent bg-accent-soft text-accent-ink' : 'bg-surface hover:bg-hover',
      )}
    >
      {view.isShared && <Users aria-hidden />}
      <span className="truncate">{view.name}</span>
      {view.isShared && <span className="sr-only">(shared)</span>}
    </Link>
  );
}

function ViewMenu({ view }: { view: AuditView }) {
  const router = useRouter();
  const toast = useToast();
  const [isRenaming, setIsRenaming] = useState(false);
  const [, startTransition] = useTransition();
  const share = () =>
    startTransition(async () => {
      const answer = await updateAuditViewAction({ viewId: view.id, isShared: !view.isShared });
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      else toast({ title: view.isShared ? 'Only you see it now' : 'Shared' });
      router.refresh();
    });
  const undo = (kept: { name: string; query: string; isShared: boolean }) =>
    startTransition(async () => {
      const answer = await saveAuditViewAction(kept);
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      router.refresh();
    });
  const remove = () =>
    startTransition(async () => {
      const answer = await deleteAuditViewAction({ viewId: view.id });
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      else {
        const action = { label: 'Undo', onClick: () => undo(answer.data) };
        toast({ title: `“${view.name}” is deleted`, action });
      }
      router.refresh();
    });
  return (
    <>
      <DropdownMenu
        align="start"
        trigger={<IconButton size="sm" label={`“${view.name}”: more`} icon={<MoreHorizontal />} />}
        entries={[
          { label: 'Rename', icon: <Pencil />, onSelect: () => setIsRenaming(true) },
          { label: view.isShared ? 'Stop sharing' : 'Share', icon: <Share2 />, onSelect: share },
          'separator',
          { label: 'Delete', icon: <Trash2 />, danger: true, onSelect: remove },
        ]}
      />
      {isRenaming && <RenameViewDialog view={view} onClose={() => setIsRenaming(false)} />}
    </>
  );
}
