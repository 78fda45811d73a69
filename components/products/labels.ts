import type { StatusTone } from '@/components/ui/badge';

interface Label {
  text: string;
  tone: StatusTone;
}

const STATUSES: Record<string, Label> = {
  draft: { text: 'Draft', tone: 'neutral' },
  development: { text: 'Development', tone: 'info' },
  testing: { text: 'Testing', tone: 'info' },
  staging: { text: 'Staging', tone: 'info' },
  production: { text: 'Production', tone: 'ok' },
  deprecated: { text: 'Deprecated', tone: 'warn' },
  retired: { text: 'Retired', tone: 'neutral' },
};

export const statusLabel = (status: string): Label =>
  STATUSES[status] ?? { text: status, tone: 'neutral' };

const RUNS: Record<string, Label> = {
  queued: { text: 'Queued', tone: 'neutral' },
  running: { text: 'Running', tone: 'running' },
  succeeded: { text: 'Succeeded', tone: 'ok' },
  failed: { text: 'Failed', tone: 'error' },
  undoing: { text: 'Undoing', tone: 'running' },
  undone: { text: 'Undone', tone: 'warn' },
  cancelled: { text: 'Cancelled', tone: 'warn' },
  held: { text: 'Stopped at a gate', tone: 'warn' },
};

export const runLabel = (status: string): Label =>
  RUNS[status] ?? { text: status, tone: 'neutral' };

export const titleCase = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const number = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const countText = (value: number) => number.format(value);
export const compactCount = (value: number) => compact.format(value);

export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
