import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Products" />
      <SkeletonRows rows={8} label="Loading the products" />
    </>
  );
}
