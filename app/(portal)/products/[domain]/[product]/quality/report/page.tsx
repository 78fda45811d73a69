import type { Metadata } from 'next';
import { ReportView } from '@/components/quality/report-view';
import { now } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { latestQuality, listIncidents, qualityHistory } from '@/lib/quality';
import { productPage } from '@/lib/serving';

interface ReportPageProps {
  params: Promise<{ domain: string; product: string }>;
}

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  const { domain, product } = await params;
  return { title: `Quality of ${domain}/${product}` };
}

export default async function ReportPage({ params }: ReportPageProps) {
  const { domain, product } = await params;
  const ctx = await requireUserCtx();
  const page = await orNotFound(() => productPage(ctx, domain, product));
  const [latest, history, { incidents }] = await Promise.all([
    latestQuality(ctx, page.id),
    qualityHistory(ctx, page.id),
    listIncidents(ctx, page.id),
  ]);
  const madeAt = now().toISOString();
  return <ReportView {...{ page, latest, history, incidents, madeAt }} />;
}
