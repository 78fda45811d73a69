import { Star } from 'lucide-react';
import { cn } from '@/components/ui/cn';

const ALL = [1, 2, 3, 4, 5] as const;

/** Stars as a picture, and as words for those who do not see it. */
export function Stars({ value, className }: { value: number; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-0.5', className)}>
      <span className="sr-only">{value} of 5 stars</span>
      {ALL.map((star) => (
        <Star
          key={star}
          aria-hidden
          className={cn('size-4', star <= value ? 'fill-accent text-accent' : 'text-line-strong')}
        />
      ))}
    </span>
  );
}

interface RatingProps {
  rating: { count: number; average: number };
  className?: string;
}

/** "4.3 (12)": the mean of the stars, and of how many reviews. */
export function Rating({ rating: { count, average }, className }: RatingProps) {
  const words = `${average.toFixed(1)} of 5 stars, ${count} ${count === 1 ? 'review' : 'reviews'}`;
  return (
    <span className={cn('inline-flex items-center gap-1', className)} title={words}>
      <Star className="size-3.5 fill-accent text-accent" aria-hidden />
      <span className="sr-only">{words}</span>
      <span aria-hidden className="tabular">
        {average.toFixed(1)} ({count})
      </span>
    </span>
  );
}
