'use client';

import { FileText, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { createDraftAction, discardDraftAction } from '@/app/(portal)/products/drafts/[id]/actions';
import { Button, ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { DraftSummary } from '@/lib/products/draft-queries';
import type { TemplateCard } from '@/lib/products/template-queries';
import { ImportDialog } from './import-dialog';
import { TemplateCards } from './template-cards';

interface StartViewProps {
  isAllowed: boolean;
  drafts: DraftSummary[];
  templates: TemplateCard[];
}

/** Where a product begins: go on with a draft, choose a template, or start from a document. */
export function StartView({ isAllowed, drafts, templates }: StartViewProps) {
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <PageHeader
        title="New data product"
        description="Three short screens: what it is, where its rows come from, what it promises. Everything is kept while you go, so you can leave at any time."
        actions={isAllowed && <ImportDialog />}
      />
      {isAllowed ? (
        <>
          {drafts.length > 0 && <Drafts drafts={drafts} />}
          <StartForm templates={templates} />
        </>
      ) : (
        <EmptyState
          title="You may not create data products yet"
          description="It takes the role data_producer or data_admin in a domain. Ask a data admin of your domain for it."
          actions={<ButtonLink href="/domains">See the domains</ButtonLink>}
        />
      )}
    </div>
  );
}

function Drafts({ drafts }: { drafts: DraftSummary[] }) {
  return (
    <Card title="Go on with a draft" flush>
      <ul className="divide-y">
        {drafts.map((draft) => (
          <li key={draft.id} className="flex items-center gap-3 px-5 py-3">
            <FileText className="size-4 shrink-0 text-subtle" aria-hidden />
            <div className="min-w-0 flex-1">
              <Link
                href={`/products/drafts/${draft.id}`}
                className="link block truncate font-medium"
              >
                {draft.title}
              </Link>
              <p className="text-sm text-subtle">
                {draft.domain ?? 'no domain yet'} · changed <RelativeTime at={draft.updatedAt} />
              </p>
            </div>
            <DiscardButton draft={draft} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function DiscardButton({ draft }: { draft: DraftSummary }) {
  return (
    <ConfirmDialog
      trigger={<IconButton size="sm" label={`Discard ${draft.title}`} icon={<Trash2 />} />}
      title={`Discard “${draft.title}”?`}
      effects={['Everything typed into this draft', 'The file uploaded for it, if there is one']}
      confirmLabel="Discard draft"
      onConfirm={() => discardDraftAction({ draftId: draft.id })}
    />
  );
}

function StartForm({ templates }: { templates: TemplateCard[] }) {
  const router = useRouter();
  const [template, setTemplate] = useState(templates.find((one) => one.isOffered)?.name ?? '');
  const [message, setMessage] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const start = () =>
    startTransition(async () => {
      setMessage(null);
      const result = await createDraftAction({ template });
      if (result.ok) router.push(`/products/drafts/${result.data.id}?step=1`);
      else setMessage(result.message);
    });
  return (
    // As an action, a click that comes before the page is alive is kept and done then.
    <form className="flex flex-col gap-4" action={start}>
      <TemplateCards templates={templates} value={template} onChange={setTemplate} />
      {message && <Callout tone="error">{message}</Callout>}
      <div>
        <Button type="submit" variant="primary" disabled={!template} loading={isPending}>
          Start
        </Button>
      </div>
    </form>
  );
}
