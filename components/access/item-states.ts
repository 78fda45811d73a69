import type { StatusTone } from '@/components/ui/badge';

/** How the state of a request is shown. */
export const ITEM_STATES: Record<string, { label: string; tone: StatusTone }> = {
  open: { label: 'Waits for the owner', tone: 'warn' },
  question: { label: 'Has a question', tone: 'info' },
  granting: { label: 'Is being checked', tone: 'running' },
  active: { label: 'Active', tone: 'ok' },
  failed: { label: 'Did not work', tone: 'error' },
  refused: { label: 'Refused', tone: 'error' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
};

export const EVENT_WORDS: Record<string, string> = {
  sent: 'asked',
  question: 'asked back',
  answer: 'answered',
  approved: 'approved',
  refused: 'refused',
  withdrawn: 'withdrew the request',
  active: 'checked it: it works',
  failed: 'could not make it work and took it back',
  reminded: 'reminded the owner',
  escalated: 'told the data admins of the domain',
};
