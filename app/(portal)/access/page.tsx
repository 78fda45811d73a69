import type { Metadata } from 'next';
import { AskView } from '@/components/access/ask-view';
import { accessCart } from '@/lib/access';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Ask for access' };

export default async function AccessPage() {
  return <AskView cart={await accessCart(await requireUserCtx())} />;
}
