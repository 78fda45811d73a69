import type { Metadata } from 'next';
import { ElevationView } from '@/components/access/elevation-view';
import { accessCart, listElevations } from '@/lib/access';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Roles for some hours' };

export default async function ElevationPage() {
  const ctx = await requireUserCtx();
  const [elevations, { teams }] = await Promise.all([listElevations(ctx), accessCart(ctx)]);
  return <ElevationView elevations={elevations} domains={teams} />;
}
