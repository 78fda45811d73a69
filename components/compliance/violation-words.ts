import type { StatusTone } from '@/components/ui/badge';

interface Look {
  label: string;
  tone: StatusTone;
}

export const levelLook = (level: 'error' | 'warning'): Look =>
  level === 'error' ? { label: 'Error', tone: 'error' } : { label: 'Warning', tone: 'warn' };

/** How a violation stands; one that is over says why. */
export function stateLook(status: string, resolution: string | null): Look {
  if (status === 'open') return { label: 'Open', tone: 'info' };
  if (status === 'acknowledged') return { label: 'Taken up', tone: 'warn' };
  if (resolution === 'waived') return { label: 'Waived', tone: 'neutral' };
  if (resolution === 'dismissed') return { label: 'Not looked at', tone: 'neutral' };
  return { label: 'Fixed', tone: 'ok' };
}

const EVENTS: Record<string, string> = {
  opened: 'Opened',
  reopened: 'Opened again',
  resolved: 'Over',
  assigned: 'Assigned',
  acknowledged: 'Taken up',
  escalated: 'Escalated',
  note: 'Note',
};
export const eventLabel = (kind: string) => EVENTS[kind] ?? kind;

const REGULATIONS: Record<string, string> = { gdpr: 'GDPR', ccpa: 'CCPA' };
export const regulationLabel = (name: string) => REGULATIONS[name] ?? name.toUpperCase();

/** A frequency as the policies write it, in words: `real_time`, `15_minutes`, `0 6 * * 1`. */
export const frequencyWords = (frequency: string) =>
  frequency === 'real_time' ? 'real time' : frequency.replaceAll('_', ' ');
