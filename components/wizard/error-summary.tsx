import { Callout } from '@/components/ui/callout';
import { labelOfPath, type StepNumber, stepOfPath } from './words';

interface ErrorSummaryProps {
  errors: Record<string, string>;
  onGo: (path: string, step: StepNumber) => void;
}

/** Everything to mend, each a link to its field. */
export function ErrorSummary({ errors, onGo }: ErrorSummaryProps) {
  const entries = Object.entries(errors);
  if (entries.length === 0) return null;
  const title =
    entries.length === 1 ? 'One field needs attention' : `${entries.length} fields need attention`;
  return (
    <div role="alert">
      <Callout tone="error" title={title}>
        <ul className="flex flex-col gap-1">
          {entries.slice(0, 30).map(([path, message]) => (
            <li key={path}>
              <button
                type="button"
                className="link text-left"
                onClick={() => onGo(path, stepOfPath(path))}
              >
                {labelOfPath(path)}
              </button>
              : {message}
            </li>
          ))}
          {entries.length > 30 && <li>and {entries.length - 30} more.</li>}
        </ul>
      </Callout>
    </div>
  );
}
