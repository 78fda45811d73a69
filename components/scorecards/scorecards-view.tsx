import { Download } from 'lucide-react';
import Link from 'next/link';
import { InsightNav } from '@/components/insight/insight-nav';
import { FileLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { Tabs } from '@/components/ui/tabs';
import type {
  ChangeRow,
  Course,
  DomainStanding,
  ScorecardFilter,
  ScorecardWords,
  Standings,
} from '@/lib/insight';
import { ChangesCard } from './changes-card';
import { CourseCard } from './course-card';
import { FilterForm } from './filter-form';
import { products } from './scorecard-words';
import { DomainTable, ProductTable } from './standing-tables';

const PATH = '/insight/scorecards';
export type ScorecardsPart =
  | { view: 'products'; standings: Standings; filter: ScorecardFilter }
  | { view: 'domains'; domains: DomainStanding[] }
  | { view: 'changes'; items: ChangeRow[]; page: number; hasMore: boolean };

interface ScorecardsViewProps {
  words: ScorecardWords;
  domains: { name: string; title: string }[];
  domain: string | undefined;
  course: Course;
  part: ScorecardsPart;
  query: Query;
}

/** How mature the products and domains are that somebody may find. */
export function ScorecardsView(props: ScorecardsViewProps) {
  const { part, query, course, domain } = props;
  const { recordedAt } = course;
  const viewHref = (view: string | null) => hrefWith(PATH, { domain: query.domain }, { view });
  return (
    <>
      <PageHeader
        title="Scorecards"
        description={
          <>
            How mature products are in eight properties, by checks of what the portal holds.{' '}
            {recordedAt ? (
              <>
                Recorded <RelativeTime at={recordedAt} />.
              </>
            ) : (
              'The first recording is under way.'
            )}{' '}
            <Link href="/docs/scorecards" className="link">
              How levels are computed
            </Link>
          </>
        }
        actions={
          <FileLink href={csvHref(query)} icon={<Download />}>
            CSV
          </FileLink>
        }
      />
      <InsightNav current={PATH} />
      <div className="flex flex-col gap-6">
        <CourseCard course={course} />
        <Tabs
          label="Parts of the scorecards"
          current={viewHref(part.view === 'products' ? null : part.view)}
          items={[
            { href: viewHref(null), label: 'Products' },
            { href: viewHref('domains'), label: 'Domains' },
            { href: viewHref('changes'), label: 'What changed' },
          ]}
        />
        <Part {...props} />
        {domain && (
          <p className="text-sm text-muted">
            Only the domain {domain}.{' '}
            <Link href={hrefWith(PATH, query, { domain: null, page: null })} className="link">
              Show all domains
            </Link>
          </p>
        )}
      </div>
    </>
  );
}

function Part({ part, words, domains, query }: ScorecardsViewProps) {
  if (part.view === 'domains') return <DomainTable domains={part.domains} words={words} />;
  if (part.view === 'changes') {
    return (
      <>
        <ChangesCard items={part.items} />
        <Pages query={query} page={part.page} hasMore={part.hasMore} />
      </>
    );
  }
  const { standings, filter } = part;
  return (
    <>
      <FilterForm words={words} domains={domains} filter={filter} />
      <Card flush>
        <ProductTable standings={standings} words={words} />
      </Card>
      <Pages
        query={query}
        page={standings.page}
        hasMore={standings.hasMore}
        summary={products(standings.total)}
      />
    </>
  );
}

interface PagesProps {
  query: Query;
  page: number;
  hasMore: boolean;
  summary?: string;
}
function Pages({ query, page, hasMore, summary }: PagesProps) {
  return (
    <Pagination
      label="Pages of scorecards"
      summary={summary}
      firstHref={page > 1 ? hrefWith(PATH, query, { page: null }) : null}
      nextHref={hasMore ? hrefWith(PATH, query, { page: String(page + 1) }) : null}
    />
  );
}

const csvHref = (query: Query) =>
  hrefWith('/api/v1/insight/scorecards.csv', query, { view: null, page: null });
