import { type Meaning, tsqueryOf } from './meaning';

/** So many that match by name, tag, domain or owner are ranked, the most used first. */
const LABELLED = 200;
/** So many names and titles that begin with the question are ranked. */
const NAMED = 100;
/** With fewer matches than this, products that have some of the words are shown after them. */
const FEW = 10;
const LAST = `U&'\\+10FFFF'`;

/** What a product was found by, best first; a product found in several ways counts by the best. */
export const PLACES = {
  beginning: 7,
  names: 6,
  labels: 5,
  begunLabels: 4,
  inside: 3,
  fields: 2,
  prose: 1,
  someWords: 0,
};

interface Way {
  name: string;
  place: number;
  /** The column that is looked through, by its index. */
  in: 'names' | 'labels' | 'fields' | 'document';
  /** A parameter that holds a tsquery. */
  query: string;
  most: number;
  /** Whether the most used are wanted, or any. */
  isBest?: true;
  /** Whether it is there for the order alone: whatever it finds is found by columns or prose too. */
  isForOrder?: true;
  /** Ways that came before; where they found enough together, this one is not gone. */
  unless?: { found: string[]; enough: number };
}

export interface Searched {
  /** `from … where …` of what may be found: of all, and last of what fits the chosen facets, which is what is shown. */
  scopes: string[];
  /** How many matches are counted. */
  cap: number;
  param: (value: unknown) => string;
}

/**
 * The ways of finding, as common table expressions that end with `candidate (spot, place)`. Each way looks among the
 * products that stand in front, and at the others only where it found too few; a way that costs more is gone only where
 * those before it found too few.
 */
export function waysOf(meaning: Meaning, { scopes, cap, param }: Searched): string {
  const isUnknown = meaning.words.some(({ isKnown }) => !isKnown);
  const texts = new Map<string, string>();
  const asked = (text: string) => texts.get(text) ?? texts.set(text, param(text)).get(text)!;
  const exact = asked(tsqueryOf(meaning, 'exact'));
  const begins = asked(tsqueryOf(meaning, 'begins'));
  const within = asked(tsqueryOf(meaning, 'within'));
  // What no word begins with may be inside of words, in all texts.
  const reach = isUnknown ? within : begins;
  const best = { most: LABELLED, isBest: true } as const;
  const first = { ...best, isForOrder: true } as const;
  const unless = (enough: number, ...found: string[]) => ({ unless: { found, enough } });
  const all: Way[] = [
    { name: 'named', place: PLACES.names, in: 'names', query: exact, ...first },
    {
      ...{ name: 'begun', place: PLACES.names, in: 'names', query: begins, ...first },
      ...unless(LABELLED, 'named'),
    },
    {
      ...{ name: 'labelled', place: PLACES.labels, in: 'labels', query: exact, ...first },
      ...unless(LABELLED, 'named', 'begun'),
    },
    {
      ...{ name: 'begun_label', place: PLACES.begunLabels, in: 'labels', query: begins, ...first },
      ...unless(LABELLED, 'named', 'begun', 'labelled'),
    },
    { name: 'fielded', place: PLACES.fields, in: 'fields', query: reach, most: cap },
    // Where the columns alone give more than are counted, neither insides of words nor prose are looked for.
    {
      ...{ name: 'inside', place: PLACES.inside, in: 'labels', query: within, ...best },
      ...unless(cap, 'fielded'),
    },
    {
      ...{ name: 'prose', place: PLACES.prose, in: 'document', query: reach, most: cap },
      ...unless(cap, 'fielded'),
    },
  ];
  // What was looked for in a column already finds nothing new there.
  const ways = all.filter(
    (way, at) => !all.slice(0, at).some((one) => one.in === way.in && one.query === way.query),
  );
  const steps = ways.flatMap((way, at) => stepsOf(way, scopes, ways.slice(0, at)));
  const found = [
    ...beginnings(scopes, param(meaning.joined)),
    ...ways.flatMap(({ name }) => [name, `${name}_back`]).map(taken),
  ];
  const whole = `select spot, max(place) as place from (${found.join('\n  union all ')}) way
    group by 1 order by ${scopes.length > 1 ? 'max(scope) desc, ' : ''}2 desc limit ${scopes.length * cap}`;
  const isSeveral = meaning.words.length > 1;
  const partly = ['partly', 'partly_back'].map(
    (name) => `
  union all select spot, ${PLACES.someWords} from ${name} where spot not in (select spot from whole)`,
  );
  return `${steps.join(',\n')},
whole as materialized (${whole}),
${isSeveral ? someWords(meaning, scopes.at(-1)!, param) : ''}candidate as materialized (select spot, place from whole${isSeveral ? partly.join('') : ''})`;
}

const taken = (name: string) => `select spot, place, scope from ${name}`;

/** One way: the front, then the others; `before` are the ways that came before it. */
function stepsOf(way: Way, scopes: string[], before: Way[]): string[] {
  const { name, place, query, most, unless } = way;
  const few = (at: number, found: string[], enough: number) =>
    `${found.map((one) => `(select n${at} from ${one}_n)`).join(' + ')} < ${enough}`;
  const order = way.isBest ? 'order by s.boost desc ' : '';
  const step = (isFront: boolean) => {
    const parts = scopes.flatMap((scope, at) => {
      if (way.isForOrder && at < scopes.length - 1) return [];
      const found = before.filter((one) => unless?.found.includes(one.name));
      const steps = found.flatMap((one) => [one.name, `${one.name}_back`]);
      const conditions = [
        `s."${way.in}" @@ ${query}::tsquery`,
        isFront ? 's."isFront"' : 'not s."isFront"',
        ...(unless ? [few(at, steps, unless.enough)] : []),
        ...(isFront ? [] : [few(at, [name], most)]),
      ];
      return `(select s.ctid as spot, ${place} as place, ${at} as scope ${scope} and ${conditions.join(' and ')} ${
        isFront ? order : ''
      }limit ${isFront ? most : `${most} - (select n${at} from ${name}_n)`})`;
    });
    const called = isFront ? name : `${name}_back`;
    const counts = scopes.map((_, at) => `count(*) filter (where scope = ${at}) as n${at}`);
    return `${called} as materialized (${parts.join(' union all ')}),
${called}_n as materialized (select ${counts.join(', ')} from ${called})`;
  };
  return [step(true), step(false)];
}

/** Names and titles that begin with the question. */
const beginnings = (scopes: string[], joined: string) =>
  ['joinedName', 'joinedTitle'].map(
    (
      column,
    ) => `(select s.ctid as spot, ${PLACES.beginning} as place, ${scopes.length - 1} as scope ${scopes.at(-1)}
    and s."${column}" >= ${joined} and s."${column}" < ${joined} || ${LAST} order by s."${column}" limit ${NAMED})`,
  );

/** Products that have some of the words, where hardly any has all. */
function someWords(meaning: Meaning, scope: string, param: Searched['param']): string {
  const any = param(tsqueryOf(meaning, 'begins', true));
  const step = (before: string, isFront: string) => `(select s.ctid as spot ${scope}
    and ${before} < ${FEW} and ${isFront} and s.document @@ ${any}::tsquery order by s.boost desc limit 100)`;
  const found = '(select count(*) from whole)';
  return `partly as materialized ${step(found, 's."isFront"')},
partly_back as materialized ${step(`${found} + (select count(*) from partly)`, 'not s."isFront"')},
`;
}
