import { z } from 'zod';
import { AppError } from '@/lib/core';
import { type ColumnPair, columnPairs } from './column-facet';
import type { Dataset, Named } from './names';

export const MAX_EVENTS = 100;
const MAX_DATASETS = 500;
const MAX_ISSUES = 20;

export const EVENT_TYPES = ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const MISSING = 'Give it as a text';
const name = z.string(MISSING).min(1, 'Give a name').max(2000, 'Use at most 2,000 characters');
/** Whatever a facet holds is kept: facets may be of anybody's making. */
const facets = z.record(z.string(), z.looseObject({})).optional();
const datasets = z
  .array(z.looseObject({ namespace: name, name, facets }), 'Give a list of datasets')
  .max(MAX_DATASETS, `Name at most ${MAX_DATASETS} datasets in one event`)
  .default([]);
const base = {
  eventTime: z
    .string(MISSING)
    .refine(isTime, 'Use a time such as 2026-01-31T08:00:00Z (ISO 8601, with a zone)'),
  producer: z.string('Say what sends this, as a URI').min(1).max(2000),
  // Some real producers leave it out.
  schemaURL: z.string(MISSING).max(2000).optional(),
};
const job = z.looseObject({ namespace: name, name, facets }, 'Name the job');
const runEvent = z.looseObject({
  ...base,
  eventType: z.enum(EVENT_TYPES, `Use one of ${EVENT_TYPES.join(', ')}`).default('OTHER'),
  run: z.looseObject({ runId: z.guid('Give the run an id that is a UUID'), facets }),
  ...{ job, inputs: datasets, outputs: datasets },
});
const jobEvent = z.looseObject({ ...base, job, inputs: datasets, outputs: datasets });
const datasetEvent = z.looseObject({
  ...base,
  dataset: z.looseObject({ namespace: name, name, facets }),
});

/** An event with what of it the lineage is made of. */
export interface LineageEvent {
  /** What makes it the same event when it is sent again. */
  key: string;
  job: Named;
  producer: string;
  /** Null: it is told of the job itself, not of a run. */
  runId: string | null;
  type: EventType | null;
  at: Date;
  inputs: Dataset[];
  outputs: Dataset[];
  /** Of each output that has the facet; they replace what was known of it. */
  columns: { output: Dataset; pairs: ColumnPair[] }[];
  body: object;
}
interface Read {
  /** Null for an event about a dataset alone, which carries no lineage. */
  event: LineageEvent | null;
  warnings: string[];
}

/**
 * Reads one event or a list of them, by the shapes of the OpenLineage specification (2-0-2, and older ones).
 * @throws AppError too_large; unprocessable, with every place that is wrong
 */
export function readEvents(raw: unknown): Read[] {
  const list = Array.isArray(raw) ? raw : [raw];
  if (list.length > MAX_EVENTS) {
    throw new AppError(
      'too_large',
      `A request takes at most ${MAX_EVENTS} events, and this one has ${list.length}. Send them in several requests.`,
    );
  }
  const place = (at: number, path: PropertyKey[]) =>
    [...(Array.isArray(raw) ? [at] : []), ...path].map(String).join('.');
  const wrong: [string, string][] = [];
  const read = list.map((one, at) => {
    const { data, error } = shapeOf(one).safeParse(one);
    for (const { path, message } of error?.issues ?? []) wrong.push([place(at, path), message]);
    return data ? readOne(data as Parsed, one as object) : { event: null, warnings: [] };
  });
  const [first] = wrong;
  if (!first) return read;
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more, see errors)` : '';
  throw new AppError(
    'unprocessable',
    `No event was stored: ${first[0] || 'the body'} is not valid. ${first[1]}${more}.`,
    { fields: Object.fromEntries(wrong.slice(0, MAX_ISSUES)) },
  );
}

type Parsed = Partial<z.output<typeof runEvent>> & z.output<typeof jobEvent>;

/** The kinds of events are told apart by what they are about. */
function shapeOf(one: unknown): z.ZodType {
  const has = (key: string) => typeof one === 'object' && one !== null && key in one;
  if (has('run')) return runEvent;
  if (has('dataset') && !has('job')) return datasetEvent;
  // Somebody who leaves out the run of a run event is told so.
  return has('eventType') && !has('job') ? runEvent : jobEvent;
}

function readOne(data: Parsed, body: object): Read {
  const { eventTime, schemaURL } = data;
  const warnings = schemaURL ? [] : ['schemaURL is missing; it was read as version 2-0-2'];
  const isZoned = ZONE.test(eventTime);
  if (!isZoned) warnings.push('eventTime has no zone; it was read as UTC');
  if (!data.job) return { event: null, warnings };
  const { namespace, name: jobName } = data.job;
  const runId = data.run?.runId.toLowerCase() ?? null;
  const type = data.run ? (data.eventType ?? 'OTHER') : null;
  const columns = data.outputs.flatMap(({ facets: own, ...output }) => {
    const { pairs, warning } = columnPairs(own?.columnLineage);
    if (warning) warnings.push(`${output.name}: ${warning}`);
    return pairs ? [{ output: named(output), pairs }] : [];
  });
  const event: LineageEvent = {
    key: JSON.stringify(runId ? [runId, type, eventTime] : [namespace, jobName, eventTime]),
    ...{ job: { namespace, name: jobName }, producer: data.producer, runId, type, columns, body },
    at: new Date(isZoned ? eventTime : `${eventTime}Z`),
    inputs: data.inputs.map(named),
    outputs: data.outputs.map(named),
  };
  return { event, warnings };
}

const named = ({ namespace, name: own }: Named): Dataset => ({
  namespace,
  name: own,
  productId: null,
});
const ZONE = /(z|[+-]\d\d:?\d\d)$/i;
function isTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d[t ]\d\d:\d\d/i.test(text) || text.length > 40) return false;
  return !Number.isNaN(Date.parse(ZONE.test(text) ? text : `${text}Z`));
}
