import { StatusBadge } from '@/components/ui/badge';
import { STAGES } from './stages';

export function StageBadge({ stage }: { stage: string }) {
  const look = STAGES[stage];
  return <StatusBadge tone={look?.tone ?? 'neutral'}>{look?.label ?? stage}</StatusBadge>;
}
