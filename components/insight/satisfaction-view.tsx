import { MessageSquareText } from 'lucide-react';
import { removeCommentAction } from '@/app/(portal)/insight/actions';
import { TimeLines } from '@/components/charts/time-lines';
import { Card } from '@/components/ui/card';
import { hrefWith } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { MetricFigures, Satisfaction } from '@/lib/insight';
import { figureText, tooLittle, trendOf } from '@/lib/insight/words';
import { ConfirmAct } from './confirm-act';
import { InsightNav } from './insight-nav';
import { RANGES } from './scope-bar';
import { insightHref } from './scope-href';
import { SurveyDialog } from './survey-dialog';
import { SCORES } from './survey-scale';

const PATH = '/insight/satisfaction';
const hrefOf = (range: string, page?: number) =>
  hrefWith(PATH, {}, { range: range === '30d' ? null : range, page: page ? String(page) : null });

/** What people say of the portal in the survey, and of products in reviews. */
export function SatisfactionView({ range, found }: { range: string; found: Satisfaction }) {
  const { settings, mayManage, survey, response, reviews } = found;
  return (
    <>
      <PageHeader
        title="Satisfaction"
        description="What people say of the portal when it asks them, and beside it what consumers say of its products in reviews."
        actions={mayManage && <SurveyDialog settings={settings} />}
      />
      <InsightNav current={PATH} />
      <Tabs
        label="Time range"
        className="mb-4"
        current={hrefOf(range)}
        items={Object.entries(RANGES).map(([one, label]) => ({ href: hrefOf(one), label }))}
      />
      <div className="flex flex-col gap-6">
        <div className="grid gap-3 sm:grid-cols-3">
          {[survey, response, reviews].map((one) => (
            <Figure key={one.metric.id} figures={one} range={range} />
          ))}
        </div>
        <div className="grid gap-6 lg:grid-cols-2">
          <OverTime found={found} />
          <Distribution found={found} />
        </div>
        <HowItAsks found={found} />
        {found.comments && <Comments comments={found.comments} range={range} />}
      </div>
    </>
  );
}

function Figure({ figures, range }: { figures: MetricFigures; range: string }) {
  const { metric, value } = figures;
  const trend = trendOf(figures);
  return (
    <Stat
      label={metric.title}
      value={
        value === null ? (
          <span className="text-base font-normal text-muted">{tooLittle(figures)}</span>
        ) : (
          figureText(value, metric.unit)
        )
      }
      hint={trend && `${trend.text}${trend.way === 'same' ? '' : `, ${trend.way}`}`}
      href={insightHref({ range }, metric.id)}
    />
  );
}

function OverTime({ found: { survey, response } }: { found: Satisfaction }) {
  const points = survey.points
    .map((point, at) => {
      const [score, rate] = [point.value, response.points[at]?.value ?? null];
      const values = { ...(score !== null && { score }), ...(rate !== null && { rate }) };
      return { at: point.at, values: values as Record<string, number> };
    })
    .filter(({ values }) => Object.keys(values).length > 0);
  return (
    <Card title="Over time" description="In percent.">
      {points.length === 0 ? (
        <EmptyState
          title="Too little to draw"
          description={`A point needs ${survey.metric.minimum} answers, or as many people asked.`}
        />
      ) : (
        <TimeLines
          label={`Satisfaction and response rate by ${survey.period.bucket}`}
          series={[
            { key: 'score', label: 'Satisfied' },
            { key: 'rate', label: 'Answered' },
          ]}
          points={points}
          from={0}
          to={100}
        />
      )}
    </Card>
  );
}

function Distribution({ found: { distribution, least } }: { found: Satisfaction }) {
  const total = distribution?.reduce((sum, one) => sum + one, 0) ?? 0;
  return (
    <Card title="The answers" description="4 and 5 count as satisfied." flush>
      {distribution ? (
        <Table
          caption="Answers by score"
          rows={SCORES.map(({ score, label }) => ({
            label,
            count: distribution[score - 1]!,
            score,
          }))}
          rowKey={(row) => String(row.score)}
          columns={[
            {
              key: 'answer',
              header: 'Answer',
              rowHeader: true,
              cell: (row) => `${row.score} · ${row.label}`,
            },
            {
              key: 'bar',
              header: <span className="sr-only">Bar</span>,
              className: 'w-full min-w-24',
              cell: (row) => (
                <span aria-hidden className="block h-2 rounded-full bg-sunken">
                  <span
                    className="block h-2 rounded-full bg-(--chart-1)"
                    style={{ width: `${(row.count / total) * 100}%` }}
                  />
                </span>
              ),
            },
            { key: 'count', header: 'Answers', align: 'right', cell: (row) => row.count },
            {
              key: 'share',
              header: 'Share',
              align: 'right',
              cell: (row) => `${Math.round((row.count / total) * 100)}%`,
            },
          ]}
        />
      ) : (
        <EmptyState
          title={`Fewer than ${least} answers`}
          description="They are shown when there are enough, so that nobody can be told from them."
        />
      )}
    </Card>
  );
}

function HowItAsks({ found: { settings, asked, least } }: { found: Satisfaction }) {
  const { isOn, question, isAnonymous, everyDays } = settings;
  const { asked: all, answered, skipped } = asked;
  return (
    <Card title="How it asks">
      <p>
        {isOn ? 'The survey is on' : 'The survey is off'}. Its question: “{question}”
      </p>
      <p className="mt-2 text-muted">
        It comes after rows were read or a statement was answered, not on somebody’s first day, and
        to nobody again for {everyDays} days.{' '}
        {isAnonymous
          ? `Answers are anonymous: nothing says who gave one, and they are shown ${least} or more together.`
          : 'Answers show the name of who gave them to those who look after the survey.'}
      </p>
      <p className="mt-2 text-sm text-subtle">
        On the finished days of this period {all} {all === 1 ? 'person was' : 'people were'} asked:{' '}
        {answered} answered, {skipped} skipped, {all - answered - skipped} did neither.
      </p>
    </Card>
  );
}

function Comments({
  comments: { items, page, hasMore },
  range,
}: {
  comments: NonNullable<Satisfaction['comments']>;
  range: string;
}) {
  return (
    <>
      <Card
        title="Comments"
        description="Only stewards and platform administrators see them. Take away what names people or insults them."
        flush
      >
        {items.length === 0 ? (
          <EmptyState
            icon={<MessageSquareText />}
            title="No comment in this period"
            description="Choose a longer time range."
          />
        ) : (
          <ul>
            {items.map(({ id, day, comment, name, score }) => (
              <li key={id} className="flex items-start gap-4 border-b px-5 py-3 last:border-b-0">
                <div className="min-w-0 flex-1">
                  <p className="break-words whitespace-pre-line">{comment}</p>
                  <p className="mt-1 text-sm text-subtle">
                    {name ? `${name}, ${score} of 5` : 'Anonymous'} · {day}
                  </p>
                </div>
                <ConfirmAct
                  label="Remove"
                  title="Remove this comment?"
                  effects={['Its words are deleted for good.', 'The answer counts still.']}
                  call={removeCommentAction}
                  input={{ commentId: id }}
                />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Pagination
        label="Pages of comments"
        firstHref={page > 1 ? hrefOf(range) : null}
        nextHref={hasMore ? hrefOf(range, page + 1) : null}
      />
    </>
  );
}
