'use client';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import type { DraftData } from '@/lib/products/draft-data';
import type { NewerDraft } from '@/lib/products/save-draft';
import { labelOfPath } from './words';

interface ConflictDialogProps {
  mine: DraftData;
  newer: NewerDraft;
  onLoad: () => void;
  onOverwrite: () => void;
  /** Decides later; nothing is saved until then. */
  onClose: () => void;
}

/** Two windows changed the same draft: nothing is saved until the person chose. */
export function ConflictDialog({ mine, newer, onLoad, onOverwrite, onClose }: ConflictDialogProps) {
  const differing = differences(mine, newer.data);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="md"
      title="This draft was saved in another window"
      description={
        <>
          {newer.savedBy} saved it there <RelativeTime at={newer.savedAt} />. What you changed here
          is not saved yet.
        </>
      }
      footer={
        <>
          <Button variant="danger-quiet" onClick={onOverwrite}>
            Overwrite with mine
          </Button>
          <Button variant="primary" onClick={onLoad}>
            Load theirs
          </Button>
        </>
      }
    >
      {differing.length === 0 ? (
        <p className="text-base text-muted">Both versions hold the same values.</p>
      ) : (
        <>
          <p className="text-base text-muted">These parts differ:</p>
          <ul className="mt-2 list-disc pl-5 text-base">
            {differing.map((key) => (
              <li key={key}>
                {labelOfPath(key)}
                <Values mine={mine[key]} theirs={newer.data[key]} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function Values({ mine, theirs }: { mine: unknown; theirs: unknown }) {
  if (typeof mine === 'object' || typeof theirs === 'object') return null;
  const text = (value: unknown) => (value ? `“${String(value).slice(0, 60)}”` : 'empty');
  return (
    <span className="text-muted">
      : here {text(mine)}, there {text(theirs)}
    </span>
  );
}

function differences(mine: DraftData, theirs: DraftData): (keyof DraftData)[] {
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]) as Set<keyof DraftData>;
  return [...keys].filter((key) => canonical(mine[key]) !== canonical(theirs[key]));
}

/** Postgres gives keys back in its own order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}
