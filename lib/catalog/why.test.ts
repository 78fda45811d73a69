import { expect, it } from 'vitest';
import type { Meaning, Word } from './meaning';
import { explainer, type Texts } from './why';

const word = (typed: string, more: Partial<Word> = {}): Word => ({
  ...{ typed, exact: [typed], begins: [typed], begun: [], within: [], family: [typed] },
  ...{ isKnown: true, corrected: null },
  ...more,
});
const asked = (...words: Word[]): Meaning => ({
  words,
  joined: words.map(({ typed }) => typed).join(''),
  isWord: false,
  corrected: null,
});
const texts: Texts = {
  title: 'Customer profile',
  name: 'customer-profile',
  tags: ['crm', 'golden-record'],
  terms: ['Reward scheme (bonus club)'],
  columns: ['customerId', 'shipping_address', 'loyaltyTier'],
  columnWords: ['Where parcels go'],
  description: 'One row for every customer.',
  documentation: `${'Much is said before. '.repeat(10)}The café is where they met. ${'And after. '.repeat(30)}`,
  domainTitle: 'Sales',
  ownerName: 'Ada Byron',
};
const told = (meaning: Meaning) =>
  explainer(meaning)(texts).map(
    ({ field, parts }) =>
      `${field}: ${parts.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('')}`,
  );

it('says where each word was found, the most telling place first', () => {
  expect(told(asked(word('customer')))).toEqual(['title: [Customer] profile']);
  expect(told(asked(word('customer'), word('crm')))).toEqual([
    'title: [Customer] profile',
    'tag: [crm]',
  ]);
  expect(told(asked(word('parcels')))).toEqual(['column: Where [parcels] go']);
  expect(told(asked(word('byron')))).toEqual(['owner: Ada [Byron]']);
  expect(told(asked(word('zebra')))).toEqual([]);
});

it('marks beginnings, stems, parts of split names and insides of words', () => {
  expect(told(asked(word('loyal')))).toEqual(['column: [loyalty]Tier']);
  expect(told(asked(word('loyal', { begins: [], begun: ['loyalty'] })))).toEqual([
    'column: [loyalty]Tier',
  ]);
  expect(told(asked(word('tier')))).toEqual(['column: loyalty[Tier]']);
  expect(told(asked(word('addresses', { family: ['address'] })))).toEqual([
    'column: shipping_[address]',
  ]);
  expect(told(asked(word('profil', { begins: [], within: ['profile'] })))).toEqual([
    'title: Customer [profil]e',
  ]);
});

it('marks a whole name that is written together', () => {
  expect(told(asked(word('shippingaddress')))).toEqual(['column: [shipping_address]']);
});

it('shows the words around a place in a long text, accents or not', () => {
  const [match] = told(asked(word('cafe')));
  expect(match).toMatch(/^documentation: … .{0,60}The \[café\] is where they met\..* …$/);
  expect(match!.length).toBeLessThan(230);
});

it('names the glossary term, with the synonym that was searched for', () => {
  expect(told(asked(word('bonus')))).toEqual(['term: Reward scheme ([bonus] club)']);
});
