import type { StatusTone } from '@/components/ui/badge';

interface Look {
  label: string;
  tone: StatusTone;
}

const RESULTS: Record<string, Look> = {
  passed: { label: 'Met', tone: 'ok' },
  warning: { label: 'Warning', tone: 'warn' },
  failed: { label: 'Failed', tone: 'error' },
  broken: { label: 'Cannot run', tone: 'warn' },
};
export const resultLook = (status: string): Look =>
  RESULTS[status] ?? { label: status, tone: 'neutral' };

export const incidentLook = (status: string, level: string): Look =>
  status === 'resolved'
    ? { label: 'Over', tone: 'ok' }
    : { label: 'Open', tone: level === 'error' ? 'error' : 'warn' };

const EVENTS: Record<string, string> = {
  opened: 'Opened',
  assigned: 'Assigned',
  comment: 'Comment',
  root_cause: 'Root cause',
  remediation: 'Remedy',
  resolved: 'Over',
};
export const eventWord = (kind: string): string => EVENTS[kind] ?? kind;

const REMEDIES: Record<string, string> = {
  quarantine: 'Quarantine',
  fix: 'Fix',
  rollback: 'Rollback',
};
export const remedyWord = (kind: string): string => REMEDIES[kind] ?? kind;

const JOBS: Record<string, Look> = {
  queued: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Under way', tone: 'running' },
  succeeded: { label: 'Done', tone: 'ok' },
  failed: { label: 'Failed', tone: 'error' },
};
export const jobLook = (status: string): Look => JOBS[status] ?? { label: status, tone: 'neutral' };

/** A figure short enough for a cell. */
export const figureText = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: 4 });
