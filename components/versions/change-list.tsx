import { ArrowRightLeft } from 'lucide-react';
import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import type { ContractDiff } from '@/lib/products/contract-diff';

const VERDICTS = {
  breaking: { tone: 'error', text: 'Breaking' },
  compatible: { tone: 'ok', text: 'Compatible' },
  documentation: { tone: 'neutral', text: 'Words' },
} as const;

const SHOWN = 200;

/** The changes of a contract, one sentence each, breaking ones first. */
export function ChangeList({ diff }: { diff: Pick<ContractDiff, 'changes' | 'renames'> }) {
  const { changes, renames } = diff;
  if (changes.length === 0) return <p className="text-muted">Nothing changes.</p>;
  return (
    <div className="grid gap-4">
      <ul className="grid gap-2" aria-label="Changes">
        {changes.slice(0, SHOWN).map(({ path, compatibility, message }) => (
          <li key={path} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <StatusBadge tone={VERDICTS[compatibility].tone} className="w-28">
              {VERDICTS[compatibility].text}
            </StatusBadge>
            <span className="min-w-0 flex-1 basis-60 break-words">
              {message} <code className="font-mono text-sm break-all text-subtle">{path}</code>
            </span>
          </li>
        ))}
      </ul>
      {changes.length > SHOWN && (
        <p className="text-muted">{changes.length - SHOWN} more are in the text below.</p>
      )}
      {renames.length > 0 && (
        <Callout tone="info" title="Perhaps a new name">
          <ul className="grid gap-1">
            {renames.slice(0, SHOWN).map(({ from, to, because }) => (
              <li key={from} className="break-words">
                <code className="font-mono">{from}</code>{' '}
                <ArrowRightLeft className="inline size-3.5" aria-label="to" />{' '}
                <code className="font-mono">{to}</code>: {because}. It counts as a removal all the
                same: whoever reads {from} finds nothing.
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </div>
  );
}
