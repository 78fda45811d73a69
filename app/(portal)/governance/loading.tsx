import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Governance" />
      <SkeletonRows rows={8} label="Reading the policies" />
    </>
  );
}
