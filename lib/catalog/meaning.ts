import { pool } from '@/lib/core';
import { editsBetween, forgiven } from './edits';

/** A typed word and what in the documents it may stand for. */
export interface Word {
  typed: string;
  /** Lexemes that mean the word: its stem, which every text with the word has too, or those of the corrected words. */
  exact: string[];
  /** What documents are asked for as a beginning: the word, where nothing less finds it, or it written together with a neighbour. */
  begins: string[];
  /** Words of other stems that begin with it, where they are few. */
  begun: string[];
  /** Words that have it inside. */
  within: string[];
  /** Whole words that mean it, for marking them in texts. */
  family: string[];
  /** Whether a document has it, or a word that begins with it. */
  isKnown: boolean;
  /** The word it was taken for, when no document has it. */
  corrected: string | null;
}

export interface Meaning {
  words: Word[];
  /** The question written together in lower case: `customerid`. */
  joined: string;
  /** Whether a word of a document begins so. */
  isWord: boolean;
  /** The question with its typing errors mended; null when there were none. */
  corrected: string | null;
}

interface Row {
  word: string;
  stem: string;
  isStop: boolean;
  isKnown: boolean;
  pair: string | null;
  begun: string[];
  family: string[];
  near: { word: string; stem: string }[];
  within: string[];
  joined: string;
  isWord: boolean;
}

/** So many words that begin with a typed one are asked for one by one: that costs less than asking for a beginning. */
const MOST_BEGUN = 20;

const UNDERSTAND = `
select u.*, j.joined, exists (select from catalog_word w where w.word >= j.joined and w.word < j.joined || U&'\\+10FFFF') as "isWord"
from catalog_understand($1, $2) u cross join (select catalog_joined($1) as joined) j`;

/** Asks the words of all documents what a question means. With `allNear`, known words are corrected too. */
export async function understand(question: string, allNear = false): Promise<Meaning> {
  const { rows } = await pool().query<Row>({
    name: 'catalog-understand',
    text: UNDERSTAND,
    values: [question, allNear],
  });
  return meaningOf(rows);
}

export function meaningOf(rows: Row[]): Meaning {
  const words = rows.map((row, at) => wordOf(row, rows[at - 1]?.pair ?? null));
  const telling = words.filter((_, at) => !rows[at]!.isStop);
  const isCorrected = words.some(({ corrected }) => corrected);
  return {
    words: telling.length > 0 ? telling : words,
    joined: rows[0]?.joined ?? '',
    isWord: rows[0]?.isWord ?? false,
    corrected: isCorrected ? words.map((one) => one.corrected ?? one.typed).join(' ') : null,
  };
}

function wordOf(row: Row, pairBefore: string | null): Word {
  const { word, stem, pair, family, within, isKnown } = row;
  const near = nearest(word, row.near);
  const pairs = [pair, pairBefore].filter((one) => one !== null);
  if (near.length > 0) {
    return {
      typed: word,
      exact: unique(near.map((one) => one.stem)),
      begins: [],
      begun: [],
      within: [],
      family: near.map((one) => one.word),
      isKnown: true,
      corrected: near[0]!.word,
    };
  }
  const isMany = row.begun.length > MOST_BEGUN;
  const begun = isMany ? [] : row.begun;
  const isMeant = begun.length > 0 || family.length > 0;
  return {
    ...{ typed: word, exact: [stem], begun, within, isKnown, corrected: null },
    begins: unique([...(isMany || !isMeant ? [word] : []), ...pairs]),
    family: unique([word, ...family]),
  };
}

/** The words that are fewest typing errors away, all that are equally few. */
function nearest(word: string, near: Row['near']): Row['near'] {
  const most = forgiven(word);
  const measured = near.map((one) => ({ ...one, edits: editsBetween(word, one.word, most) }));
  const least = Math.min(most, ...measured.map(({ edits }) => edits));
  return least === 0 ? [] : measured.filter(({ edits }) => edits === least).slice(0, 5);
}

const unique = (words: string[]) => [...new Set(words)];

export type Reach = 'exact' | 'begins' | 'within';

/** A tsquery's text that asks for every word, or for any. Words hold letters and digits alone. */
export function tsqueryOf({ words, joined, isWord }: Meaning, reach: Reach, isAny = false): string {
  const each = words.map((word) => `(${alternatives(word, reach).join(' | ')})`);
  const all = each.join(isAny ? ' | ' : ' & ');
  // Two words written together are among the beginnings of each of them.
  const isTogether = reach !== 'exact' && words.length > 2 && isWord;
  return isTogether ? `(${all}) | ${begun(joined)}` : all;
}

/** One tsquery a word, to count how many of them are met. */
export const tsqueriesOf = ({ words }: Meaning): string[] =>
  words.map((word) => alternatives(word, 'begins').join(' | '));

function alternatives(word: Word, reach: Reach): string[] {
  const exact = word.exact.map(lexeme);
  if (reach === 'exact') return exact;
  const begins = [...word.begun.map(lexeme), ...word.begins.map(begun)];
  if (reach === 'begins') return [...exact, ...begins];
  return [...exact, ...begins, ...word.within.map(lexeme)];
}

const lexeme = (text: string) => `'${text.replaceAll("'", "''")}'`;
const begun = (text: string) => `${lexeme(text)}:*`;
