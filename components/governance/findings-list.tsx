import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Finding } from '@/lib/governance';
import { AskWaiverDialog } from './ask-waiver-dialog';

const TITLES = {
  error: 'Governance blocks this',
  warning: 'Governance warns',
  info: 'Good to know',
} as const;
const TONES = { error: 'error', warning: 'warn', info: 'info' } as const;

interface FindingsListProps {
  findings: readonly Finding[];
  /** Whose findings they are, for people who may ask for a waiver. */
  subject?: { productId: string } | { draftId: string };
}

/** What the policies say about a product: what blocks it, what warns, what is waived or coming. */
export function FindingsList({ findings, subject }: FindingsListProps) {
  if (findings.length === 0) {
    return <Callout tone="ok">The policies in force have nothing against this product.</Callout>;
  }
  const waived = findings.filter((one) => one.waiver);
  const counting = findings.filter((one) => !one.waiver);
  return (
    <>
      {(['error', 'warning', 'info'] as const).map((level) => {
        const own = counting.filter((finding) => finding.level === level);
        if (own.length === 0) return null;
        return (
          <Callout key={level} tone={TONES[level]} title={TITLES[level]}>
            <ul className="flex list-disc flex-col gap-2 pl-5">
              {own.map((one) => (
                <li key={`${one.ruleId} ${one.path} ${one.message}`}>
                  {one.message} <Origin finding={one} />
                  {level === 'error' && subject && (
                    <span className="mt-1 block">
                      <AskWaiverDialog subject={subject} ruleId={one.ruleId} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Callout>
        );
      })}
      {waived.length > 0 && (
        <Callout tone="info" title="Waived">
          <ul className="list-disc pl-5">
            {waived.map((one) => (
              <li key={`${one.ruleId} ${one.path} ${one.message}`}>
                {one.message} Accepted until{' '}
                {one.waiver && <RelativeTime at={one.waiver.expiresAt} />}.
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </>
  );
}

function Origin({ finding }: { finding: Finding }) {
  return (
    <>
      {finding.source && <Badge>{finding.source}</Badge>}{' '}
      {finding.graceUntil && (
        <Badge tone="accent">
          counts <RelativeTime at={finding.graceUntil} />
        </Badge>
      )}
    </>
  );
}
