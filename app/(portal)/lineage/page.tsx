import type { Metadata } from 'next';
import { LineageExplorer } from '@/components/lineage/lineage-explorer';
import { PageHeader } from '@/components/ui/page-header';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Lineage' };

export default async function LineagePage() {
  await requireUserCtx();
  return (
    <>
      <PageHeader
        title="Lineage"
        description="What is made from what, across all domains, and who is hit when something goes."
      />
      <LineageExplorer />
    </>
  );
}
