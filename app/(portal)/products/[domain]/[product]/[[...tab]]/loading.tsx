import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-2 h-8 w-72" />
      <Skeleton className="mb-6 h-5 w-96 max-w-full" />
      <SkeletonRows rows={8} label="Loading the product" />
    </>
  );
}
