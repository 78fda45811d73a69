import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_EVENTS, readEvents } from './event';

const corpus = process.env.PORTOLAN_CORPUS;
const list = corpus && path.join(corpus, 'classes.tsv');
const run = { runId: '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7' };
const event = {
  ...{ eventType: 'COMPLETE', eventTime: '2026-01-31T08:00:00Z', run },
  job: { namespace: 'airflow', name: 'load' },
  inputs: [{ namespace: 'pg', name: 'a' }],
  ...{ outputs: [{ namespace: 'pg', name: 'b' }], producer: 'https://example.org/x' },
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
};
const refusal = (raw: unknown) => {
  try {
    readEvents(raw);
  } catch (error) {
    return error as { code: string; message: string; details: { fields?: object } };
  }
  throw new Error('It was taken.');
};

describe('an OpenLineage event', () => {
  it('is read with what the lineage is made of, and keeps the rest as it came', () => {
    const facets = { anything: { _producer: 'x', _schemaURL: 'y', deep: [1] } };
    const [read] = readEvents({ ...event, run: { ...run, facets } });
    expect(read).toMatchObject({
      warnings: [],
      event: {
        ...{ runId: run.runId, type: 'COMPLETE', at: new Date('2026-01-31T08:00:00Z') },
        inputs: [{ namespace: 'pg', name: 'a', productId: null }],
        body: { run: { facets } },
      },
    });
  });

  it.each([
    [{ ...event, run: {} }, 'run.runId'],
    [{ ...event, run: { runId: 'seven' } }, 'run.runId'],
    [{ ...event, eventType: 'DONE' }, 'eventType'],
    [{ ...event, eventTime: 'yesterday' }, 'eventTime'],
    [{ ...event, job: { name: 'load' } }, 'job.namespace'],
    [{ ...event, job: undefined }, 'job'],
    [{ ...event, outputs: [{ namespace: 'pg' }] }, 'outputs.0.name'],
    [{ ...event, inputs: 'a' }, 'inputs'],
    [{ ...event, producer: undefined }, 'producer'],
    [
      { ...event, inputs: [{ namespace: 'pg', name: 'a', facets: { schema: 7 } }] },
      'inputs.0.facets.schema',
    ],
    [{}, 'job'],
    [7, ''],
    [null, ''],
  ])('is refused with the place of what is wrong: %#', (raw, place) => {
    const { code, details } = refusal(raw);
    expect(code).toBe('unprocessable');
    expect(Object.keys(details.fields ?? {})).toContain(place);
  });

  it('is one of a list of at most a hundred, all taken or none', () => {
    expect(readEvents(Array(MAX_EVENTS).fill(event))).toHaveLength(MAX_EVENTS);
    expect(refusal(Array(MAX_EVENTS + 1).fill(event)).code).toBe('too_large');
    const { message, details } = refusal([event, { ...event, run: {} }]);
    expect(message).toMatch(/^No event was stored: 1\.run\.runId is not valid/);
    expect(Object.keys(details.fields ?? {})).toEqual(['1.run.runId']);
  });

  it('is read with a warning where real producers leave something out', () => {
    const { schemaURL: _, ...rest } = event;
    const [read] = readEvents({ ...rest, eventTime: '2026-01-31T08:00:00.427343' });
    expect(read?.warnings).toHaveLength(2);
    expect(read?.event?.at.toISOString()).toBe('2026-01-31T08:00:00.427Z');
  });

  it('tells columns from every version of the facet, and of one that it cannot read', () => {
    const source = { namespace: 'pg', name: 'a' };
    const common = { _producer: 'x', _schemaURL: 'y' };
    const columnLineage = {
      ...common,
      fields: {
        total: {
          inputFields: [
            {
              ...source,
              field: 'price',
              transformations: [{ type: 'DIRECT', subtype: 'AGGREGATION' }],
            },
          ],
        },
        old: { inputFields: [{ ...source, field: 'x' }], transformationType: 'IDENTITY' },
      },
      dataset: [
        { ...source, field: 'day', transformations: [{ type: 'INDIRECT', subtype: 'GROUP_BY' }] },
      ],
    };
    const output = { namespace: 'pg', name: 'b', facets: { columnLineage } };
    const [read] = readEvents({ ...event, outputs: [output] });
    const pairs = read?.event?.columns[0]?.pairs ?? [];
    expect(pairs.map(({ field, sourceColumn, how }) => [field, sourceColumn, how])).toEqual([
      ['total', 'price', 'aggregation'],
      ['old', 'x', 'transformation'],
      ['', 'day', 'group_by'],
    ]);
    const broken = { ...output, facets: { columnLineage: { ...common, fields: [1] } } };
    const [other] = readEvents({ ...event, outputs: [broken] });
    expect(other?.event?.columns).toEqual([]);
    expect(other?.warnings[0]).toMatch(/columnLineage could not be read/);
  });
});

if (list && existsSync(list)) {
  const entries = readFileSync(list, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([kind]) => kind === 'openlineage')
    .map(([, kept, file]) => ({ kept: kept!, file: file! }));
  const read = (file: string) =>
    readEvents(
      JSON.parse(
        readFileSync(path.join(corpus, 'openlineage', file.replace(/^openlineage\//, '')), 'utf8'),
      ),
    );

  describe('events that other producers publish', () => {
    const valid = entries.filter(({ kept }) => kept === 'valid-event');
    it.each(valid)('$file is taken', ({ file }) => {
      expect(read(file)[0]?.warnings).toEqual([]);
    });

    it('that the schema refuses are refused, or taken with a word where only that was left out which real producers leave out', () => {
      const others = entries.filter(({ kept }) => kept !== 'valid-event');
      expect(others.length).toBeGreaterThan(5);
      for (const { file } of others) {
        const [outcome] = [() => read(file)[0]?.warnings.join(), () => ''].map((ask) => {
          try {
            return ask();
          } catch (error) {
            return (error as Error).message;
          }
        });
        expect(outcome, file).toMatch(/schemaURL is missing|has no zone|run\.runId/);
      }
    });
  });
}
