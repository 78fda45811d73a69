import type { ColumnPair } from './column-facet';
import type { EventType, LineageEvent } from './event';
import { type Dataset, keyOf } from './names';

const MAX_LINKS = 1000;

export interface Link extends Dataset {
  isOutput: boolean;
  /** The run that named it last. */
  runId: string | null;
}
export interface ColumnLink extends ColumnPair {
  output: Dataset;
}
/** What is known of a job. */
export interface JobState {
  producer: string;
  runId: string | null;
  state: EventType | null;
  at: Date | null;
  links: Link[];
  columns: ColumnLink[];
}
export const UNHEARD: JobState = {
  ...{ producer: '', runId: null, state: null, at: null, links: [], columns: [] },
};

const OVER: readonly (EventType | null)[] = ['COMPLETE', 'ABORT', 'FAIL'];

/**
 * What is known of a job after some events, in the order of their times. A run adds to what its job reads and writes;
 * when it completes, what earlier runs alone had named is gone. What is told of the job itself replaces all of it.
 * Events from before the newest run change nothing. Pure.
 */
export function folded(before: JobState, events: readonly LineageEvent[]): JobState {
  const place = ({ type }: LineageEvent) => (OVER.includes(type) ? 1 : 0);
  const ordered = [...events].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || place(a) - place(b),
  );
  return ordered.reduce(step, before);
}

function step(job: JobState, event: LineageEvent): JobState {
  const isNewer = job.at === null || event.at >= job.at;
  const isSameRun = event.runId !== null && job.runId === event.runId;
  if (!isNewer && !isSameRun) return job;
  const links = linksAfter(job.links, event);
  const written = new Set(links.filter(({ isOutput }) => isOutput).map(keyOf));
  const told = new Set(event.columns.map(({ output }) => keyOf(output)));
  const columns = [
    ...job.columns.filter(({ output }) => !told.has(keyOf(output))),
    ...event.columns.flatMap(({ output, pairs }) => pairs.map((pair) => ({ output, ...pair }))),
  ].filter(({ output }) => written.has(keyOf(output)));
  const kept = { ...job, links, columns };
  if (!isNewer) return kept;
  return { ...kept, ...{ producer: event.producer, at: event.at }, ...runAfter(job, event) };
}

/** A run that is over stays so, and a run is not forgotten for what is told of its job. */
function runAfter(job: JobState, { runId, type }: LineageEvent): Pick<JobState, 'runId' | 'state'> {
  const { runId: known, state } = job;
  if (runId === null) return { runId: known, state };
  const stays =
    known === runId && (type === 'OTHER' || (OVER.includes(state) && !OVER.includes(type)));
  return { runId, state: stays ? state : type };
}

function linksAfter(links: readonly Link[], event: LineageEvent): Link[] {
  const { runId, type } = event;
  const named = [
    ...event.inputs.map((one) => ({ ...one, isOutput: false, runId })),
    ...event.outputs.map((one) => ({ ...one, isOutput: true, runId })),
  ];
  if (runId === null) return unique(named);
  const all = unique([...links, ...named]);
  if (type !== 'COMPLETE') return all;
  const isOf = (isOutput: boolean) =>
    all.some((link) => link.isOutput === isOutput && link.runId === runId);
  const [reads, writes] = [isOf(false), isOf(true)];
  // A run that named no inputs says nothing of them.
  return all.filter((link) => link.runId === runId || !(link.isOutput ? writes : reads));
}

/** The last mention of each dataset and direction, the newest few. */
function unique(links: readonly Link[]): Link[] {
  const byKey = new Map<string, Link>();
  for (const link of links) {
    const key = `${link.isOutput} ${keyOf(link)}`;
    byKey.delete(key);
    byKey.set(key, link);
  }
  return [...byKey.values()].slice(-MAX_LINKS);
}
