import type { Metadata } from 'next';
import { VerifyReceiptView } from '@/components/compliance/verify-receipt-view';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Verify a receipt' };

export default async function VerifyReceiptPage() {
  await requireUserCtx();
  return <VerifyReceiptView />;
}
