import { StatusBadge } from '@/components/ui/badge';
import type { Standing } from '@/lib/slo';
import { STANDINGS } from './slo-words';

export function StandingBadge({ standing }: { standing: Standing }) {
  const { text, tone } = STANDINGS[standing];
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
