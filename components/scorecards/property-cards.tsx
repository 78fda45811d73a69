import { Badge, StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import type { CheckResult, ProductScorecard } from '@/lib/insight';
import { LevelBadge } from './level-badge';
import { levelWord } from './scorecard-words';

const STATES: Record<CheckResult['state'], { label: string; tone: StatusTone }> = {
  pass: { label: 'Passes', tone: 'ok' },
  fail: { label: 'Fails', tone: 'error' },
  unknown: { label: 'Could not be computed', tone: 'warn' },
};

/** The eight properties, each with its checks and the evidence. */
export function PropertyCards({ properties }: { properties: ProductScorecard['properties'] }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {properties.map(({ id, title, about, level, checks }) => (
        <Card
          key={id}
          id={id}
          title={title}
          description={about}
          actions={<LevelBadge level={level} className="font-medium" />}
          flush
        >
          <ul className="divide-y">
            {checks.map((check) => (
              <CheckItem key={check.id} check={check} />
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

function CheckItem({ check }: { check: CheckResult }) {
  const { label, tone } = STATES[check.state];
  return (
    <li className="px-5 py-3">
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="font-medium">{check.title}</span>
        <span className="flex flex-wrap gap-1.5">
          <Badge>{levelWord(check.level)}</Badge>
          <StatusBadge tone={tone}>{label}</StatusBadge>
        </span>
      </span>
      <p className="text-sm break-words text-muted">{check.why}</p>
      <details>
        <summary className="link w-fit cursor-pointer text-sm">When it passes</summary>
        <p className="mt-1 text-sm">{check.words}</p>
        {check.own && <code className="text-sm break-words">{check.own.expression}</code>}
      </details>
    </li>
  );
}
