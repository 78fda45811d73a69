import type { Metadata } from 'next';
import { GuideIndexView } from '@/components/docs/guide-index-view';
import { GUIDE } from '@/lib/adoption';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Docs' };

export default async function DocsPage() {
  await requireUserCtx();
  return <GuideIndexView sections={GUIDE} />;
}
