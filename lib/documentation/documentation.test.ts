import { describe, expect, it } from 'vitest';
import { changedLines } from './changed-lines';
import { type ReadinessFacts, readiness } from './checklist';
import { boundedQuery, examplesIn, GENERATED, partsOf, unknownMarks } from './parts';

const kinds = (text: string) =>
  partsOf(text).map((part) => (part.kind === 'generated' ? part.name : part.kind));

describe('the parts of a documentation', () => {
  it('stand where the author marks them, and only those', () => {
    expect(kinds('# Flights\n\n{{schema}}\n\nMore words.\n{{ changelog }}\n')).toEqual([
      'text',
      'schema',
      'text',
      'changelog',
    ]);
  });

  it('come last in the standard order when none is marked', () => {
    expect(kinds('Words.')).toEqual(['text', ...GENERATED]);
    expect(kinds('')).toEqual([...GENERATED]);
  });

  it('are text inside code, inside a sentence, and when unknown', () => {
    const code = '```text\n{{schema}}\n```\n\nA {{schema}} in a sentence.\n{{schemas}}';
    expect(kinds(code)).toEqual(['text', ...GENERATED]);
    expect(unknownMarks(code)).toEqual(['schemas']);
    expect(unknownMarks('~~~~\n```\n{{nothing}}\n~~~\n{{neither}}\n~~~~\n')).toEqual([]);
  });

  it('hold examples of blocks marked portolan alone, several lines as one query', () => {
    const text = [
      '```sql\nselect 1\n```',
      '```portolan\norigin=eq.SEA&\n?limit=3\n```',
      '~~~ portolan the same again\norigin=eq.SEA\nlimit=3\n~~~',
      '```portolan\nopen=eq.1',
    ].join('\n');
    expect(examplesIn(text)).toEqual(['origin=eq.SEA&limit=3', 'open=eq.1']);
  });

  it('ask for one short page, whatever an example asks for', () => {
    expect(boundedQuery('a=eq.x&limit=5000&page=zz&count=exact')).toBe('a=eq.x&limit=10');
    expect(boundedQuery('a=in.(x,y)')).toBe('a=in.%28x%2Cy%29&limit=10');
    expect(boundedQuery('limit=3')).toBe('limit=3');
    expect(boundedQuery('limit=some')).toBe('limit=some');
  });

  it('are found in linear time in hostile text', () => {
    const hostile = `${'{{'.repeat(50_000)}\n${'`'.repeat(100_000)}\n${'- {{ a '.repeat(10_000)}`;
    const begun = performance.now();
    partsOf(hostile);
    unknownMarks(hostile);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('what an audit row keeps of a text', () => {
  it('is what differs', () => {
    expect(changedLines('a\nb\nc', 'a\nB\nc')).toEqual({ from: 2, before: 'b', after: 'B' });
    expect(changedLines('', 'new')).toEqual({ from: 1, before: '', after: 'new' });
    expect(changedLines('a\na', 'a\na\na')).toEqual({ from: 3, before: '', after: 'a' });
  });
});

const READY = `# Flights
## Purpose
Delays by airport.
## Limits
Only 2001.
## Support
Ask in the channel.
## Terms
Free to use.`;

const facts = (change: Partial<ReadinessFacts> = {}): ReadinessFacts => ({
  address: 'operations/flights',
  descriptor: {
    apiVersion: 'v1',
    kind: 'DataProduct',
    metadata: { name: 'flights', namespace: 'operations-domain' },
    spec: {
      owner: 'ada@example.org',
      version: '1.0.0',
      description: 'Every flight of the year 2001.',
      classification: 'internal',
      schema: [{ name: 'id', type: 'long', description: 'Its number' }],
    },
  },
  documentation: READY,
  isOwnerActive: true,
  findings: [],
  examples: [{ query: 'limit=1', state: 'works', message: '' }],
  quality: { rules: 2, failed: [] },
  ruleCount: 2,
  qualityViolations: 0,
  objectives: 1,
  ...change,
});
const missing = (change: Partial<ReadinessFacts>) =>
  readiness(facts(change)).filter(({ isDone }) => !isDone);

describe('ready to publish', () => {
  it('is done when everything is there', () => {
    expect(missing({})).toEqual([]);
    expect(readiness(facts())).toHaveLength(10);
  });

  it('of a draft asks for rules and examples, not for their results', () => {
    const unrun = {
      ...{ isDraft: true, quality: null },
      examples: [{ query: 'limit=1', state: 'unknown' as const, message: '' }],
    };
    expect(missing(unrun)).toEqual([]);
    expect(missing({ ...unrun, ruleCount: 0, examples: [] }).map(({ id }) => id)).toEqual([
      ...['quality', 'examples'],
    ]);
    const items = readiness(facts({ ...unrun, ruleCount: 1 }));
    expect(items.find(({ id }) => id === 'quality')?.why).toBe('1 rule runs on every load.');
  });

  const { descriptor } = facts();
  const spec = (change: object) => ({
    descriptor: { ...descriptor, spec: { ...descriptor.spec, ...change } },
  });
  const finding = { level: 'warning' as const, path: 'spec', message: 'Mend it.' };
  it.each<[string, Partial<ReadinessFacts>, RegExp]>([
    ['description', spec({ description: 'Flights' }), /20 characters/],
    ['documentation', { documentation: READY.replace('## Limits', '') }, /“Limits”/],
    ['owner', { isOwnerActive: false }, /disabled/],
    ['owner', { documentation: READY.replace('## Support', '') }, /where to ask/],
    ['schema', spec({ schema: [{ name: 'id', type: 'long' }] }), /0 of 1 .* Missing: id/],
    ['pii', { findings: [{ ...finding, ruleId: 'pii-classification' }] }, /Mend it/],
    ['classification', { findings: [{ ...finding, ruleId: 'classification' }] }, /Mend it/],
    ['quality', { ruleCount: 0 }, /no quality rule/],
    ['quality', { quality: null }, /not been run/],
    ['quality', { quality: { rules: 2, failed: ['no gaps'] } }, /no gaps/],
    ['quality', { qualityViolations: 1 }, /below/],
    ['objectives', { objectives: 0 }, /promises no/],
    ['examples', { examples: [] }, /no example/],
    [
      'examples',
      { examples: [{ query: 'x=eq.1', state: 'fails', message: 'There is no column "x".' }] },
      /no longer works: There is no column "x"/,
    ],
    ['terms', { documentation: READY.replace('## Terms', '') }, /Terms/],
  ])('says what is missing in %s', (id, change, why) => {
    const items = missing(change);
    expect(items.map((item) => item.id)).toEqual([id]);
    expect(items[0]?.why).toMatch(why);
    expect(items[0]?.href).toMatch(/^\/products\/operations\/flights/);
  });

  it('takes a waived finding as accepted, and terms and support of the contract as said', () => {
    const waiver = { id: 'w', expiresAt: '2030-01-01T00:00:00.000Z' };
    expect(missing({ findings: [{ ...finding, ruleId: 'classification', waiver }] })).toEqual([]);
    const promised = spec({ terms: { usage: 'Free' }, support: [{ channel: '#flights' }] });
    const documentation = READY.replace('## Terms', '').replace('## Support', '');
    expect(missing({ ...promised, documentation })).toEqual([]);
  });
});
