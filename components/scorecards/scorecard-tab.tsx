import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { TimeLines } from '@/components/charts/time-lines';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import type { Query } from '@/components/ui/href';
import { hrefWith } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { Ctx } from '@/lib/core';
import {
  ChangesInput,
  type NextStep,
  type ProductScorecard,
  productScorecard,
  scorecardChanges,
} from '@/lib/insight';
import { ChangesCard } from './changes-card';
import { LevelBadge } from './level-badge';
import { PropertyCards } from './property-cards';
import { DOERS, levelWord } from './scorecard-words';

interface ScorecardTabProps {
  ctx: Ctx;
  product: { domain: string; name: string };
  query: Query;
}

/** How mature a product is, why, what to do next, and how it came to this. */
export async function ScorecardTab({ ctx, product, query }: ScorecardTabProps) {
  const address = { domain: product.domain, product: product.name };
  const page = ChangesInput.shape.page.safeParse([query.page].flat()[0]).data ?? 1;
  const [card, changes] = await Promise.all([
    productScorecard(ctx, address),
    scorecardChanges(ctx, { ...address, page }),
  ]);
  const path = `/products/${card.address}/scorecard`;
  return (
    <div className="flex flex-col gap-6">
      {card.standing ? (
        <Now card={card} standing={card.standing} />
      ) : (
        <EmptyState
          title="No scorecard"
          description="A product has a scorecard from when it comes out of its draft until it is retired."
        />
      )}
      {card.course.length > 0 && <Course card={card} />}
      <ChangesCard items={changes.items} isOne />
      <Pagination
        label="Pages of changes"
        firstHref={page > 1 ? path : null}
        nextHref={changes.hasMore ? hrefWith(path, {}, { page: String(page + 1) }) : null}
      />
    </div>
  );
}

type Standing = NonNullable<ProductScorecard['standing']>;

function Now({ card, standing }: { card: ProductScorecard; standing: Standing }) {
  const { recorded } = card;
  const isAhead = recorded?.level !== standing.level || recorded.score !== standing.score;
  return (
    <>
      <Card>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <LevelBadge level={standing.level} className="text-2xl font-semibold" />
          <span className="tabular text-lg">{standing.score} of 100</span>
          <Link href="/docs/scorecards" className="link text-sm">
            How is this computed?
          </Link>
        </div>
        <p className="mt-2 text-sm text-muted">
          As it is at this moment.{' '}
          {recorded && !isAhead && (
            <>
              So since <RelativeTime at={recorded.since} />.
            </>
          )}
          {isAhead && 'Lists and campaigns follow at the next recording, within five minutes.'}
        </p>
      </Card>
      {card.campaigns.length > 0 && <Campaigns card={card} />}
      <Next card={card} standing={standing} />
      <PropertyCards properties={card.properties} />
    </>
  );
}

function Campaigns({ card: { campaigns } }: { card: ProductScorecard }) {
  return (
    <Card title="Campaigns" flush>
      <ul className="divide-y">
        {campaigns.map(({ id, title, goal, deadline, isReached }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-5 py-3">
            <span className="min-w-0">
              <Link href={`/insight/campaigns/${id}`} className="link font-medium">
                {title}
              </Link>
              <span className="block text-sm text-muted">{goal}</span>
            </span>
            <span className="flex flex-wrap items-center gap-3 text-sm text-muted">
              <StatusBadge tone={isReached ? 'ok' : 'warn'}>
                {isReached ? 'Reached' : 'Not yet'}
              </StatusBadge>
              <span>
                until <RelativeTime at={deadline} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const SHOWN = 5;

function Next({ card: { next }, standing }: { card: ProductScorecard; standing: Standing }) {
  if (next.length === 0) {
    return (
      <Callout
        tone="ok"
        title="Nothing is left to do: every check that could be computed passes."
      />
    );
  }
  const blocking = next.filter((step) => step.isBlocking).length;
  const words =
    blocking === 1
      ? `One step is left to ${levelWord(standing.level + 1)}.`
      : `${blocking} steps are left to ${levelWord(standing.level + 1)}. First what lifts a property soonest.`;
  return (
    <Card title="What to do next" description={words} flush>
      <ol className="divide-y">
        {next.slice(0, SHOWN).map((step) => (
          <Step key={step.check.id} step={step} />
        ))}
      </ol>
      {next.length > SHOWN && (
        <details className="border-t">
          <summary className="link w-fit cursor-pointer px-5 py-3 text-sm">
            {next.length - SHOWN} more
          </summary>
          <ol className="divide-y border-t">
            {next.slice(SHOWN).map((step) => (
              <Step key={step.check.id} step={step} />
            ))}
          </ol>
        </details>
      )}
    </Card>
  );
}

function Step({ step: { check, href, lifts } }: { step: NextStep }) {
  return (
    <li className="flex flex-col gap-1 px-5 py-3">
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Link href={href} className="link inline-flex items-center gap-1.5 font-medium">
          {check.next.words}
          <ArrowRight aria-hidden className="size-4 shrink-0" />
        </Link>
        {lifts ? (
          <Badge tone="accent">
            Lifts {lifts.title} to {levelWord(lifts.level)}
          </Badge>
        ) : (
          <Badge>For {levelWord(check.level)}</Badge>
        )}
      </span>
      <span className="text-sm text-muted">
        {check.title}: {check.why} {DOERS[check.next.by]} does it.
      </span>
    </li>
  );
}

function Course({ card: { course } }: { card: ProductScorecard }) {
  return (
    <Card
      title="Over time"
      description="The score whenever something changed. How it was before the first recording, nobody knows."
    >
      <TimeLines
        label="The score whenever something changed"
        series={[{ key: 'score', label: 'Score' }]}
        to={100}
        points={course
          .filter(({ level }) => level !== null)
          .map(({ at, score }) => ({ at, values: { score } }))}
      />
    </Card>
  );
}
