import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { TestRunRow } from '@/lib/release';
import { durationText, titleCase } from '../products/labels';

const TONES: Record<string, StatusTone> = {
  passed: 'ok',
  failed: 'error',
  warning: 'warn',
  skipped: 'neutral',
};
const ORDER = ['unit', 'integration', 'quality', 'performance'];

/** The suites' results, newest run first; the newest is open. */
export function TestRuns({ runs, mayOperate }: { runs: TestRunRow[]; mayOperate: boolean }) {
  const byRun = [...Map.groupBy(runs, (run) => run.runId).values()];
  return (
    <Card
      title="Tests"
      description="Four suites against what is in staging; kept for every version."
    >
      {byRun.length === 0 ? (
        <EmptyState
          title="Not tested yet"
          description="The suites run when something is loaded into staging."
        />
      ) : (
        <div className="flex flex-col gap-3">
          {byRun.map((suites, index) => (
            <SuiteRuns key={suites[0]?.runId} suites={suites} isOpen={index === 0} />
          ))}
          {!mayOperate && (
            <p className="text-sm text-muted">
              Single results may quote rows, so only those who operate the product see them.
            </p>
          )}
        </div>
      )}
    </Card>
  );
}

function SuiteRuns({ suites, isOpen }: { suites: TestRunRow[]; isOpen: boolean }) {
  const [first] = suites;
  const isGreen = suites.every((suite) => suite.status === 'passed');
  const sorted = [...suites].sort((a, b) => ORDER.indexOf(a.suite) - ORDER.indexOf(b.suite));
  return (
    <details open={isOpen} className="rounded-md border px-4 py-3">
      <summary className="cursor-pointer">
        <span className="inline-flex flex-wrap items-center gap-2">
          <StatusBadge tone={isGreen ? 'ok' : 'error'}>{isGreen ? 'Green' : 'Red'}</StatusBadge>
          Version {first?.version}
          <span className="text-sm text-muted">
            <RelativeTime at={first?.startedAt ?? ''} />
          </span>
        </span>
      </summary>
      <div className="mt-3 grid gap-4 md:grid-cols-2">
        {sorted.map((suite) => (
          <Suite key={suite.id} suite={suite} />
        ))}
      </div>
    </details>
  );
}

function Suite({ suite }: { suite: TestRunRow }) {
  const took = suite.finishedAt
    ? durationText(Date.parse(suite.finishedAt) - Date.parse(suite.startedAt))
    : null;
  return (
    <section aria-label={`${titleCase(suite.suite)} suite`} className="min-w-0">
      <h3 className="flex flex-wrap items-center gap-2 font-medium">
        {titleCase(suite.suite)}
        <StatusBadge tone={TONES[suite.status] ?? 'neutral'}>{titleCase(suite.status)}</StatusBadge>
        <span className="text-sm font-normal text-muted">
          {suite.summary} {took}
        </span>
      </h3>
      <ul className="mt-1.5 flex flex-col gap-1.5 text-sm">
        {suite.results.map((result) => (
          <li key={result.name} className="min-w-0 break-words">
            <StatusBadge tone={TONES[result.status] ?? 'neutral'}>
              {titleCase(result.status)}
            </StatusBadge>{' '}
            <span className="font-medium">{result.name}</span>{' '}
            <span className="text-muted">{result.message}</span>
            <Differing detail={result.detail} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The rows that a sample lacks, and those that it has too many. */
function Differing({ detail }: { detail: unknown }) {
  const { missing, unexpected } = (detail ?? {}) as { missing?: object[]; unexpected?: object[] };
  if (!missing || !unexpected) return null;
  const lines = [
    ...missing.map((row) => `- ${JSON.stringify(row)}`),
    ...unexpected.map((row) => `+ ${JSON.stringify(row)}`),
  ];
  return (
    <CodeBlock
      samples={{ label: '− missing, + not expected', code: lines.join('\n') }}
      maxHeight="12rem"
    />
  );
}
