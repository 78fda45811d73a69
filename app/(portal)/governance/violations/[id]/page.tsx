import type { Metadata } from 'next';
import { ViolationView } from '@/components/compliance/violation-view';
import { getViolation } from '@/lib/compliance';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

export const metadata: Metadata = { title: 'Violation' };

export default async function ViolationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await requireUserCtx();
  return <ViolationView violation={await orNotFound(() => getViolation(ctx, id))} />;
}
