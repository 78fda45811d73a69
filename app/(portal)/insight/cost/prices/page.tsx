import type { Metadata } from 'next';
import { PricesView } from '@/components/insight/cost/prices-view';
import { now } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { costModel } from '@/lib/insight';

export const metadata: Metadata = { title: 'Prices' };

export default async function PricesPage() {
  const model = await costModel(await requireUserCtx());
  return <PricesView model={model} today={now().toISOString().slice(0, 10)} />;
}
