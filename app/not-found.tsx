import type { Metadata } from 'next';
import { OffChart } from '@/components/shell/off-chart';
import { PlainPage } from '@/components/shell/plain-page';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <PlainPage>
      <OffChart />
    </PlainPage>
  );
}
