import { describe, expect, it } from 'vitest';
import { type EventType, type LineageEvent, readEvents } from './event';
import { folded, type JobState, UNHEARD } from './fold';

const RUNS = {
  one: '00000000-0000-4000-8000-000000000001',
  two: '00000000-0000-4000-8000-000000000002',
};
const dataset = (name: string) => ({ namespace: 'pg', name });

/** `one COMPLETE 5 a>b`: a run's event at a minute, with what it reads and writes. */
function told(text: string): LineageEvent {
  const [run = '', type, minute = '', names = ''] = text.split(' ');
  const [reads = '', writes = ''] = names.split('>');
  const list = (part: string) => part.split(',').filter(Boolean).map(dataset);
  const raw = {
    ...(run !== 'job' && { run: { runId: RUNS[run as 'one'] }, eventType: type as EventType }),
    eventTime: `2026-01-31T08:${minute.padStart(2, '0')}:00Z`,
    ...{ job: { namespace: 'airflow', name: 'load' }, producer: 'x', schemaURL: 'y' },
    ...{ inputs: list(reads), outputs: list(writes) },
  };
  return readEvents(raw)[0]!.event!;
}
const stateOf = (texts: string[], before: JobState = UNHEARD) => folded(before, texts.map(told));
const words = ({ state, links }: JobState) => {
  const of = (isOutput: boolean) =>
    links
      .filter((link) => link.isOutput === isOutput)
      .map(({ name }) => name)
      .sort()
      .join(',');
  return `${state} ${of(false)}>${of(true)}`;
};

describe('what is known of a job', () => {
  it.each([
    ['adds up over the events of a run', ['one START 1 a>', 'one COMPLETE 2 >b'], 'COMPLETE a>b'],
    [
      'is in the order of the times, however events come',
      ['one COMPLETE 2 a>b', 'one START 1 a>'],
      'COMPLETE a>b',
    ],
    [
      'has the end of a run last, at one time',
      ['one COMPLETE 1 a>b', 'one START 1 >'],
      'COMPLETE a>b',
    ],
    [
      'keeps what earlier runs named until a run completes',
      ['one COMPLETE 1 a>b', 'two START 2 c>'],
      'START a,c>b',
    ],
    [
      'is what the newest complete run named',
      ['one COMPLETE 1 a>b', 'two START 2 c>', 'two COMPLETE 3 >b'],
      'COMPLETE c>b',
    ],
    [
      'keeps what a run says nothing of',
      ['one COMPLETE 1 a>b', 'two COMPLETE 2 c>'],
      'COMPLETE c>b',
    ],
    ['keeps everything when a run fails', ['one COMPLETE 1 a>b', 'two FAIL 2 c>'], 'FAIL a,c>b'],
    [
      'does not open a run again that is over',
      ['one COMPLETE 1 a>b', 'one RUNNING 2 c>', 'one OTHER 3 >'],
      'COMPLETE a,c>b',
    ],
    [
      'hears nothing from before the newest run',
      ['two COMPLETE 5 a>b', 'one COMPLETE 1 c>d'],
      'COMPLETE a>b',
    ],
    [
      'is replaced by what is told of the job itself',
      ['one COMPLETE 1 a>b', 'job - 2 c>d'],
      'COMPLETE c>d',
    ],
  ])('%s', (_, texts, expected) => {
    expect(words(stateOf(texts))).toBe(expected);
    // One request or several: the same.
    const ordered = [...texts].sort((a, b) => told(a).at.getTime() - told(b).at.getTime());
    if (ordered.join() === texts.join()) {
      expect(words(texts.reduce((job, text) => stateOf([text], job), UNHEARD))).toBe(expected);
    }
  });

  it('leaves out an old event that comes late, in a request of its own', () => {
    const known = stateOf(['two COMPLETE 5 a>b']);
    expect(stateOf(['one COMPLETE 1 c>d'], known)).toEqual(known);
    expect(words(stateOf(['two RUNNING 4 c>'], known))).toBe('COMPLETE a,c>b');
  });

  it('forgets columns with the output that they belong to', () => {
    const pairs = [
      {
        field: 'x',
        source: { ...dataset('a'), productId: null },
        sourceColumn: 'y',
        how: 'identity' as const,
      },
    ];
    const first = {
      ...told('one COMPLETE 1 a>b'),
      columns: [{ output: { ...dataset('b'), productId: null }, pairs }],
    };
    const known = folded(UNHEARD, [first]);
    expect(known.columns).toHaveLength(1);
    expect(stateOf(['two RUNNING 2 a>b'], known).columns).toHaveLength(1);
    expect(stateOf(['two COMPLETE 3 a>c'], known).columns).toEqual([]);
  });
});
