import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IncidentView } from '@/components/quality/incident-view';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { getIncident, ruleHistory } from '@/lib/quality';

export const metadata: Metadata = { title: 'Quality incident' };

interface IncidentPageProps {
  params: Promise<{ domain: string; product: string; id: string }>;
}

export default async function IncidentPage({ params }: IncidentPageProps) {
  const { domain, product, id } = await params;
  const ctx = await requireUserCtx();
  const incident = await orNotFound(() => getIncident(ctx, id));
  if (incident.product.address !== `${domain}/${product}`) notFound();
  const history = incident.rule ? await ruleHistory(ctx, incident.rule.id) : null;
  return <IncidentView incident={incident} history={history} />;
}
