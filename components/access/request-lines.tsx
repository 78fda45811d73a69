import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import type { RequestLine } from '@/lib/access';

/** What the request means for each product, before it is sent. */
export function RequestLines({ lines }: { lines: RequestLine[] }) {
  return (
    <Card
      title="What policy says"
      description="Nothing is sent yet. Each owner decides about their own product."
    >
      <ul className="grid gap-5" aria-live="polite">
        {lines.map((line) => (
          <li key={line.productId} className="grid gap-1.5">
            <span className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{line.title}</span>
              <Verdict line={line} />
            </span>
            <p className="text-muted">{line.problem ?? saying(line)}</p>
            <ul className="list-disc pl-5 text-sm text-muted">
              {line.obligations.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
            {line.policies.length > 0 && (
              <p className="font-mono text-xs break-all text-subtle">
                {line.policies.map((one) => one.id).join(', ')}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Verdict({ line }: { line: RequestLine }) {
  if (line.problem) return <StatusBadge tone="error">Cannot be asked for</StatusBadge>;
  return line.decidedBy === null ? (
    <StatusBadge tone="ok">Approved by the owner’s rule</StatusBadge>
  ) : (
    <StatusBadge tone="info">The owner decides</StatusBadge>
  );
}

const saying = (line: RequestLine) =>
  line.decidedBy === null
    ? 'A grant opens it, and the owner’s rule approves your request at once.'
    : `A grant opens it. ${line.decidedBy} decides, and may open a part of it.`;
