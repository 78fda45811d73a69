import type { Meaning, Word } from './meaning';
import type { Match, MatchField } from './types';

/** The texts of a product that a match is explained by. */
export interface Texts {
  title: string;
  name: string;
  tags: string[];
  /** Each with its synonyms. */
  terms: string[];
  columns: string[];
  /** Descriptions of columns. */
  columnWords: string[];
  description: string;
  documentation: string;
  domainTitle: string;
  ownerName: string;
}

const MAX_MATCHES = 4;
const BEFORE = 60;
const AFTER = 120;

interface Mark {
  from: number;
  to: number;
  /** Which of the words. */
  word: number;
}

type Marker = (text: string) => Mark[];

/** Says why products were found by a question. The same words stand in many texts: each is looked at once. */
export function explainer(meaning: Meaning): (texts: Texts) => Match[] {
  const known = new Map<string, Mark[]>();
  const marksOfToken = (token: string) => {
    const found = known.get(token) ?? marksOf(token, meaning.words);
    known.set(token, found);
    return found;
  };
  return (texts) => matchesOf(meaning, texts, (text) => marksIn(text, meaning, marksOfToken));
}

/** Texts with marks, the most telling first, until every word is explained. */
function matchesOf(meaning: Meaning, texts: Texts, marker: Marker): Match[] {
  const unexplained = new Set(meaning.words.keys());
  const matches: Match[] = [];
  for (const [field, text] of inOrder(texts)) {
    if (matches.length >= MAX_MATCHES || unexplained.size === 0) break;
    const marks = marker(text);
    if (!marks.some(({ word }) => unexplained.has(word))) continue;
    for (const { word } of marks) unexplained.delete(word);
    matches.push({ field, parts: snippet(text, marks) });
  }
  return matches;
}

function* inOrder(texts: Texts): Generator<[MatchField, string]> {
  yield ['title', texts.title];
  yield ['name', texts.name];
  for (const tag of texts.tags) yield ['tag', tag];
  for (const term of texts.terms) yield ['term', term];
  for (const column of texts.columns) yield ['column', column];
  yield ['description', texts.description];
  for (const words of texts.columnWords) yield ['column', words];
  yield ['documentation', texts.documentation];
  yield ['domain', texts.domainTitle];
  yield ['owner', texts.ownerName];
}

const plain = (text: string) =>
  (isPlain(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();
const isPlain = (text: string) => /^[ -~]*$/.test(text);

/** Pieces of a text that stand for one of the words; all of it where the question is its beginning, written together. */
function marksIn(text: string, meaning: Meaning, marksOfToken: Marker): Mark[] {
  const marks: Mark[] = [];
  for (const { 0: token, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    for (const { from, to, word } of marksOfToken(token)) {
      marks.push({ from: index + from, to: index + to, word });
    }
  }
  if (marks.length > 0) return marks;
  const together = plain(text).replace(/[^\p{L}\p{N}]+/gu, '');
  const isBeginning =
    together.length < 100 && meaning.joined && together.startsWith(meaning.joined);
  if (!isBeginning) return [];
  return meaning.words.map((_, word) => ({ from: 0, to: text.length, word }));
}

/** Parts of `customerId` first, then the word as a whole, then what is inside of it. */
function marksOf(token: string, words: Word[]): Mark[] {
  const parts = [...token.matchAll(/\p{Lu}*[^\p{Lu}]+|\p{Lu}+/gu)];
  const marks = parts.flatMap((part) => markOf(part[0], part.index, words) ?? []);
  const whole = marks.length > 0 ? null : markOf(token, 0, words);
  if (marks.length > 0 || whole) return whole ? [whole] : marks;
  const inside = plain(token);
  // A letter with an accent may be two when it is written plainly: then the whole word is marked.
  return words.flatMap(({ within, typed }, word) => {
    if (!within.includes(inside)) return [];
    const place = inside.length === token.length ? inside.indexOf(typed) : 0;
    const length = inside.length === token.length ? typed.length : token.length;
    return [{ from: place, to: place + length, word }];
  });
}

function markOf(token: string, from: number, words: Word[]): Mark | null {
  const text = plain(token);
  const word = words.findIndex(
    ({ begins, begun, family }) =>
      family.includes(text) || begun.includes(text) || begins.some((one) => text.startsWith(one)),
  );
  return word < 0 ? null : { from, to: from + token.length, word };
}

/** The text around its first mark, cut at spaces, in marked and unmarked parts. */
function snippet(text: string, marks: Mark[]): Match['parts'] {
  const first = marks[0]!.from;
  const start = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE) + 1 || first;
  const end = text.length - first <= AFTER ? text.length : text.lastIndexOf(' ', first + AFTER);
  const stop = Math.max(end, marks[0]!.to);
  const parts: Match['parts'] = [];
  let at = Math.min(start, first);
  const add = (to: number, isMarked: boolean) => {
    if (to > at) parts.push({ text: text.slice(at, to), isMarked });
    at = Math.max(at, to);
  };
  if (at > 0) parts.push({ text: '… ', isMarked: false });
  for (const { from, to } of marks) {
    if (from >= stop) break;
    if (from < at) continue;
    add(from, false);
    add(to, true);
  }
  add(stop, false);
  if (stop < text.length) parts.push({ text: ' …', isMarked: false });
  return parts;
}
