'use client';

import { Bell, BellOff, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import {
  deleteSearchAction,
  saveSearchAction,
  updateSearchAction,
} from '@/app/(portal)/catalog/actions';
import { cn } from '@/components/ui/cn';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { useToast } from '@/components/ui/toast';
import type { SavedSearch } from '@/lib/catalog';
import { RenameSearchDialog, SaveSearchDialog } from './search-dialog';

interface SavedSearchesProps {
  searches: SavedSearch[];
  /** The search on the page, as a saved one is written; empty without words and filters. */
  current: string;
}

/** The person's searches as links, and what can be done with the one that is open. */
export function SavedSearches({ searches, current }: SavedSearchesProps) {
  const open = searches.find((search) => search.query === current);
  if (searches.length === 0 && !current) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      {searches.length > 0 && (
        <nav aria-label="Saved searches" className="max-h-28 min-w-0 overflow-y-auto py-0.5">
          <ul className="flex flex-wrap gap-2">
            {searches.map((search) => (
              <li key={search.id} className="min-w-0">
                <Chip search={search} isOpen={search === open} />
              </li>
            ))}
          </ul>
        </nav>
      )}
      {open && <Menu search={open} />}
      {current && !open && <SaveSearchDialog query={current} />}
    </div>
  );
}

function Chip({ search, isOpen }: { search: SavedSearch; isOpen: boolean }) {
  return (
    <Link
      href={`/catalog?${search.query}`}
      aria-current={isOpen ? 'true' : undefined}
      className={cn(
        'flex h-8 max-w-64 items-center gap-1.5 rounded-full border px-3 text-sm [&_svg]:size-3.5 [&_svg]:shrink-0',
        isOpen ? 'border-accent bg-accent-soft text-accent-ink' : 'bg-surface hover:bg-hover',
      )}
    >
      {search.isTelling && <Bell aria-hidden />}
      <span className="truncate">{search.name}</span>
      {search.isTelling && <span className="sr-only">(tells you of new products)</span>}
    </Link>
  );
}

function Menu({ search }: { search: SavedSearch }) {
  const router = useRouter();
  const toast = useToast();
  const [isRenaming, setIsRenaming] = useState(false);
  const [, startTransition] = useTransition();
  const set = (isTelling: boolean) =>
    startTransition(async () => {
      const answer = await updateSearchAction({ searchId: search.id, isTelling });
      const undo = { label: 'Undo', onClick: () => set(!isTelling) };
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      else if (isTelling) toast({ title: 'You are told of new products', action: undo });
      else toast({ title: 'You are not told any more', action: undo });
      router.refresh();
    });
  const bringBack = (was: Omit<SavedSearch, 'id'>) =>
    startTransition(async () => {
      const answer = await saveSearchAction(was);
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      router.refresh();
    });
  const remove = () =>
    startTransition(async () => {
      const answer = await deleteSearchAction({ searchId: search.id });
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      else {
        const undo = { label: 'Undo', onClick: () => bringBack(answer.data) };
        toast({ title: `“${search.name}” is deleted`, action: undo });
      }
      router.refresh();
    });
  return (
    <>
      <DropdownMenu
        align="start"
        trigger={
          <IconButton size="sm" label={`“${search.name}”: more`} icon={<MoreHorizontal />} />
        }
        entries={[
          { label: 'Rename', icon: <Pencil />, onSelect: () => setIsRenaming(true) },
          search.isTelling
            ? { label: 'Stop telling me', icon: <BellOff />, onSelect: () => set(false) }
            : { label: 'Tell me of new products', icon: <Bell />, onSelect: () => set(true) },
          'separator',
          { label: 'Delete', icon: <Trash2 />, danger: true, onSelect: remove },
        ]}
      />
      {isRenaming && <RenameSearchDialog search={search} onClose={() => setIsRenaming(false)} />}
    </>
  );
}
