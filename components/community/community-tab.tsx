import type { Query } from '@/components/ui/href';
import { productQuestions, productReviews } from '@/lib/community';
import type { Ctx } from '@/lib/core';
import type { ProductPage } from '@/lib/serving';
import { QuestionsCard } from './questions-card';
import { ReviewsCard } from './reviews-card';

interface CommunityTabProps {
  ctx: Ctx;
  page: ProductPage;
  query: Query;
}

/** What people say about a product, and ask. */
export async function CommunityTab({ ctx, page, query }: CommunityTabProps) {
  const cursor = (name: string) => [query[name] ?? []].flat()[0]?.slice(0, 100);
  const [reviews, questions] = await Promise.all([
    productReviews(ctx, page.id, { after: cursor('reviews') }),
    productQuestions(ctx, page.id, { after: cursor('questions') }),
  ]);
  const common = {
    productId: page.id,
    path: `/products/${page.domain}/${page.name}/community`,
    query,
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <QuestionsCard {...common} questions={questions} />
      <ReviewsCard {...common} reviews={reviews} />
    </div>
  );
}
