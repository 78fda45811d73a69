import { StatusBadge } from '@/components/ui/badge';
import type { Finding } from '@/lib/interop';

const LOOK = {
  error: { tone: 'error', word: 'Error' },
  warning: { tone: 'warn', word: 'Warning' },
  note: { tone: 'info', word: 'Note' },
} as const;

interface FindingListProps {
  findings: readonly Finding[];
  /** Lines mean nothing to somebody who has not written the text. */
  withPlaces?: boolean;
}

/** What a lint says, each finding with its place in the text and in the document. */
export function FindingList({ findings, withPlaces = true }: FindingListProps) {
  return (
    <ul className="flex flex-col divide-y rounded-md border" aria-label="Findings">
      {findings.map((finding) => {
        const { tone, word } = LOOK[finding.level];
        const { line, column, path, message, code } = finding;
        return (
          <li
            key={[line, column, path, code, message].join(' ')}
            className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2"
          >
            <StatusBadge tone={tone} title={code}>
              {word}
            </StatusBadge>
            <div className="min-w-0 flex-1 basis-60">
              <p className="break-words">{message}</p>
              <p className="font-mono text-sm break-all text-subtle">
                {withPlaces && `Line ${line}, column ${column}`}
                {withPlaces && path && ' · '}
                {path}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
