import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import type { ProductLifecycle } from '@/lib/release';

type Gate = ProductLifecycle['gates'][number];

/** The gates that matter now: on the way to production, or to the end. */
function shownGates({ gates, status, isLive, isStaged }: ProductLifecycle): Gate[] {
  const onTheWay = gates.filter((gate) => gate.to !== 'retired');
  const toTheEnd = gates.filter((gate) => gate.to === 'retired');
  if (status === 'retired') return [];
  return [...(isStaged || !isLive ? onTheWay : []), ...(isLive ? toTheEnd : [])];
}

export function Gates({ lifecycle }: { lifecycle: ProductLifecycle }) {
  const gates = shownGates(lifecycle);
  if (gates.length === 0) return null;
  return (
    <Card title="Gates" description="What each asks for, as it is now.">
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2 2xl:grid-cols-3">
        {gates.map((gate) => (
          <section key={gate.title} aria-label={gate.title}>
            <h3 className="mb-2 flex flex-wrap items-center gap-2 font-medium">
              {gate.title}
              <StatusBadge tone={gate.passes ? 'ok' : 'warn'}>
                {gate.passes ? 'Open' : 'Closed'}
              </StatusBadge>
            </h3>
            <ul className="flex flex-col gap-2">
              {gate.checks.map((check) => (
                <Check key={check.id} check={check} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}

function Check({ check }: { check: Gate['checks'][number] }) {
  const hasWarning = check.findings.some((finding) => finding.level === 'warning');
  const tone = check.passes ? (hasWarning ? 'warn' : 'ok') : 'error';
  const word = check.passes ? (hasWarning ? 'Passes, with warnings' : 'Passes') : 'Fails';
  return (
    <li>
      <span className="flex flex-wrap items-center gap-x-2">
        <StatusBadge tone={tone}>{word}</StatusBadge>
        <span>{check.title}</span>
      </span>
      {check.findings.length > 0 && (
        <ul className="mt-1 flex flex-col gap-1 text-sm break-words text-muted">
          {check.findings.map((finding) => (
            <li key={finding.message}>{finding.message}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
