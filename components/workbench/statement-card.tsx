'use client';

import { BookmarkPlus, Play, Square } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { updateQueryAction } from '@/app/(portal)/workbench/actions';
import type { SqlEditorProps } from '@/components/sql/sql-editor';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { useToast } from '@/components/ui/toast';
import type { SavedQueryRow } from '@/lib/workbench';
import { LinkButton } from './link-button';
import { type DomainChoice, SaveQueryDialog } from './save-query-dialog';

const SqlEditor = dynamic(() => import('@/components/sql/sql-editor'), {
  ssr: false,
  loading: () => <Skeleton className="h-40" />,
});

interface StatementCardProps {
  sql: string;
  editor: SqlEditorProps;
  isRunning: boolean;
  onCancel: () => void;
  /** The saved query that the address names. */
  open: SavedQueryRow | null;
  domains: DomainChoice[];
  limits: { rows: number; timeMs: number };
}

export function StatementCard(props: StatementCardProps) {
  const { sql, editor, isRunning, onCancel, open, domains, limits } = props;
  return (
    <Card
      title={open?.name ?? 'Statement'}
      description={open?.description || undefined}
      actions={<Keeping sql={sql} open={open} domains={domains} />}
    >
      <div className="flex flex-col gap-3">
        <SqlEditor {...editor} />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant="primary"
            icon={<Play />}
            loading={isRunning}
            disabled={!sql.trim()}
            onClick={editor.onRun}
          >
            Run
          </Button>
          {isRunning && (
            <Button icon={<Square />} onClick={onCancel}>
              Cancel
            </Button>
          )}
          <p className="min-w-0 flex-1 basis-60 text-sm text-subtle">
            One SELECT. Ctrl+Enter (or ⌘ Enter) runs it. At most {limits.rows.toLocaleString('en')}{' '}
            rows and {limits.timeMs / 1000} seconds.
          </p>
        </div>
      </div>
    </Card>
  );
}

/** Save, save the change, copy the link. */
function Keeping({ sql, open, domains }: Pick<StatementCardProps, 'open' | 'domains' | 'sql'>) {
  const router = useRouter();
  const toast = useToast();
  const [isSaving, setIsSaving] = useState(false);
  const [isPending, startTransition] = useTransition();
  const isChanged = open?.isMine === true && open.sql !== sql;
  const update = () =>
    startTransition(async () => {
      if (!open) return;
      const answer = await updateQueryAction({ queryId: open.id, rev: open.rev, sql });
      if (answer.ok) toast({ title: 'Saved', tone: 'ok' });
      else toast({ title: answer.message, tone: 'error' });
      router.refresh();
    });
  if (!sql.trim()) return null;
  return (
    <>
      {isChanged && (
        <Button size="sm" loading={isPending} onClick={update}>
          Save changes
        </Button>
      )}
      {(!open || open.sql !== sql) && (
        <Button size="sm" icon={<BookmarkPlus />} onClick={() => setIsSaving(true)}>
          {open ? 'Save as new' : 'Save'}
        </Button>
      )}
      <LinkButton sql={sql} savedId={open?.sql === sql ? open.id : null} />
      {isSaving && (
        <SaveQueryDialog sql={sql} domains={domains} onClose={() => setIsSaving(false)} />
      )}
    </>
  );
}
