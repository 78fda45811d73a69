import type { StatusTone } from '@/components/ui/badge';

interface Look {
  label: string;
  tone: StatusTone;
}

const REQUEST: Record<string, Look> = {
  received: { label: 'Received', tone: 'info' },
  searching: { label: 'Searching', tone: 'running' },
  review: { label: 'To decide', tone: 'warn' },
  running: { label: 'Being carried out', tone: 'running' },
  completed: { label: 'Completed', tone: 'ok' },
  rejected: { label: 'Rejected', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'error' },
};
const FINDING: Record<string, Look> = {
  found: { label: 'Found', tone: 'info' },
  done: { label: 'Done', tone: 'ok' },
  held: { label: 'Under a legal hold', tone: 'warn' },
  flagged: { label: 'Told to its owner', tone: 'error' },
  failed: { label: 'Failed', tone: 'error' },
};

export const requestLook = (status: string): Look =>
  REQUEST[status] ?? { label: status, tone: 'neutral' };
export const findingLook = (status: string): Look =>
  FINDING[status] ?? { label: status, tone: 'neutral' };

export const isBusy = (status: string): boolean => status === 'searching' || status === 'running';

export const REGULATION: Record<string, string> = { gdpr: 'GDPR', ccpa: 'CCPA' };

/** How the law's clock stands, in words. */
export function clockWords(request: {
  daysLeft: number;
  completedAt: string | null;
  status: string;
}): { text: string; tone: StatusTone } | null {
  if (request.completedAt || request.status === 'completed' || request.status === 'rejected') {
    return null;
  }
  const { daysLeft } = request;
  if (daysLeft <= 0) {
    const late = -daysLeft;
    return { text: late === 0 ? 'Due today' : `${days(late)} late`, tone: 'error' };
  }
  return { text: `${days(daysLeft)} left`, tone: daysLeft <= 7 ? 'warn' : 'neutral' };
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);
