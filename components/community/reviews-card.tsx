import { Star } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { ProductReviews, ReviewRow } from '@/lib/community';
import { ReplyButton } from './reply-button';
import { ReportButton } from './report-button';
import { ReviewForm } from './review-form';
import { SaidName, SaidText } from './said';
import { Stars } from './stars';

interface ReviewsCardProps {
  productId: string;
  reviews: ProductReviews;
  path: string;
  query: Query;
}

const HOW =
  'From consumers alone: people who hold a grant and have read the rows. One review a person.';

export function ReviewsCard({ productId, reviews, path, query }: ReviewsCardProps) {
  const { items, nextPage, rating, spread, mine, mayReview, mayAnswer } = reviews;
  return (
    <Card title="Reviews" description={HOW}>
      {rating && <Summary rating={rating} spread={spread} />}
      {mayReview && (
        <section aria-label="Your review" className="mb-5 rounded-md border bg-sunken/40 p-4">
          <ReviewForm productId={productId} mine={mine} />
        </section>
      )}
      {items.length === 0 ? (
        <EmptyState
          icon={<Star />}
          title="Nobody has reviewed it yet"
          description={
            mayReview
              ? 'You read it: say what others should know.'
              : 'Ask for access and read its rows, then you can be the first.'
          }
        />
      ) : (
        <ul className="divide-y">
          {items.map((row) => (
            <Review key={row.id} row={row} mayAnswer={mayAnswer} />
          ))}
        </ul>
      )}
      <Pagination
        label="Pages of reviews"
        firstHref={query.reviews ? hrefWith(path, query, { reviews: null }) : null}
        nextHref={nextPage && hrefWith(path, query, { reviews: nextPage })}
      />
    </Card>
  );
}

function Summary({
  rating,
  spread,
}: {
  rating: { count: number; average: number };
  spread: number[];
}) {
  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-8 gap-y-3">
      <p>
        <span className="tabular block text-3xl font-semibold">{rating.average.toFixed(1)}</span>
        <span className="text-sm text-muted">
          of 5, {rating.count} {rating.count === 1 ? 'review' : 'reviews'}
        </span>
      </p>
      <ul className="min-w-48 flex-1 space-y-1 text-sm">
        {[5, 4, 3, 2, 1].map((stars) => {
          const count = spread[stars - 1] ?? 0;
          return (
            <li key={stars} className="flex items-center gap-2">
              <span className="w-14 text-muted">
                {stars} {stars === 1 ? 'star' : 'stars'}
              </span>
              <span aria-hidden className="h-2 flex-1 overflow-hidden rounded-full bg-sunken">
                <span
                  className="block h-full bg-accent"
                  style={{ width: `${(100 * count) / rating.count}%` }}
                />
              </span>
              <span className="tabular w-8 text-right text-muted">{count}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Review({ row, mayAnswer }: { row: ReviewRow; mayAnswer: boolean }) {
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars value={row.stars} />
        <SaidName name={row.author} />
        {row.isMine && <Badge tone="accent">Yours</Badge>}
        {row.isHidden && <Badge>Hidden by a steward</Badge>}
        <span className="text-sm text-subtle">
          <RelativeTime at={row.editedAt ?? row.createdAt} />
          {row.editedAt && ', edited'}
        </span>
        <span className="ml-auto flex items-center gap-1">
          {mayAnswer && !row.isHidden && <ReplyButton reviewId={row.id} text={row.reply?.text} />}
          {!row.isMine && <ReportButton kind="review" targetId={row.id} author={row.author} />}
        </span>
      </div>
      {row.text && <SaidText text={row.text} className="mt-2" />}
      {row.earlier.length > 0 && <Earlier row={row} />}
      {row.reply && (
        <div className="mt-3 border-l-2 border-accent pl-4">
          <p className="text-sm text-muted">
            <SaidName name={row.reply.by} /> for the product, <RelativeTime at={row.reply.at} />
          </p>
          <SaidText text={row.reply.text} className="mt-1" />
        </div>
      )}
    </li>
  );
}

function Earlier({ row }: { row: ReviewRow }) {
  return (
    <details className="mt-2 text-sm">
      <summary className="cursor-pointer text-muted">
        {row.earlier.length === 1
          ? 'One earlier wording'
          : `${row.earlier.length} earlier wordings`}
      </summary>
      <ul className="mt-2 space-y-3 border-l pl-4">
        {row.earlier.map((one) => (
          <li key={one.at}>
            <Stars value={one.stars} /> <RelativeTime at={one.at} className="text-subtle" />
            {one.text && <SaidText text={one.text} className="text-muted" />}
          </li>
        ))}
      </ul>
    </details>
  );
}
