import { relativeTimeText } from '@/components/ui/relative-time-text';
import type { ExternalJobNode } from '@/lib/lineage';

/** Sorts after every domain, so that theirs keep their colours. */
const OUTSIDE = { domain: '~', domainTitle: 'Outside the portal' };
/** A box for what is no product of the portal. */
export const outsideBox = (box: Record<'id' | 'title' | 'address' | 'outside', string>) => ({
  ...{ ...box, ...OUTSIDE, status: '', isFocus: false, sources: 0, readers: 0 },
});
export const boxOfJob = (job: ExternalJobNode) =>
  outsideBox({ id: job.id, title: job.name, address: job.namespace, outside: jobText(job) });

const RUN_STATES: Record<string, string> = {
  START: 'started',
  RUNNING: 'running',
  COMPLETE: 'completed',
  ABORT: 'stopped',
  FAIL: 'failed',
  OTHER: 'heard of',
};

/** "job, completed 2 hours ago": the newest run that was told of. */
export function jobText({ state, at }: Pick<ExternalJobNode, 'state' | 'at'>): string {
  if (state === null || at === null) return 'job';
  const when = relativeTimeText(Date.parse(at), Date.now()) ?? `on ${at.slice(0, 10)}`;
  return `job, ${RUN_STATES[state] ?? state} ${when}`;
}
