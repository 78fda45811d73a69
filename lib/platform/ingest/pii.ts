import type { FieldType } from '@/lib/specs/field-types';

export type PatternKind =
  | 'email'
  | 'phone'
  | 'uuid'
  | 'url'
  | 'iso_date'
  | 'ip_address'
  | 'iban'
  | 'ssn'
  | 'card';
export type PiiKind =
  | 'email'
  | 'phone'
  | 'name'
  | 'address'
  | 'birth_date'
  | 'national_id'
  | 'iban'
  | 'card'
  | 'ip_address';

export interface Pii {
  kind: PiiKind;
  reason: string;
}
export interface PatternFound {
  kind: PatternKind;
  /** Of the values looked at, 0 to 1. */
  share: number;
}

/** Most telling first; the expression is also what a quality rule checks (RE2). */
export const PATTERNS: Record<PatternKind, { regex: string; isValid?: (text: string) => boolean }> =
  {
    uuid: {
      regex: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
    },
    email: { regex: '^[^@\\s]+@[^@\\s]+\\.[^@\\s.]+$' },
    url: { regex: '^https?://[^\\s]+$' },
    iso_date: { regex: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
    ip_address: {
      regex: '^[0-9]{1,3}(\\.[0-9]{1,3}){3}$',
      isValid: (text) => text.split('.').every((part) => Number(part) < 256),
    },
    iban: { regex: '^[A-Z]{2}[0-9]{2}[ ]?([0-9A-Z]{4}[ ]?){2,7}[0-9A-Z]{1,4}$', isValid: isIban },
    ssn: { regex: '^[0-9]{3}-[0-9]{2}-[0-9]{4}$' },
    card: {
      regex: '^[3-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{1,7}$',
      isValid: passesLuhn,
    },
    phone: {
      regex:
        '^(\\+[0-9][0-9 ().-]{6,18}[0-9]|\\(?[0-9]{2,5}\\)?[ .-][0-9]{3,4}[ .-]?[0-9]{3,6}([ ]?x[0-9]{1,5})?)$',
    },
  };
const COMPILED = Object.entries(PATTERNS).map(([kind, { regex, isValid }]) => ({
  kind: kind as PatternKind,
  test: (text: string) => compiled(regex).test(text) && (isValid?.(text) ?? true),
}));
const MIN_SHARE = 0.8;
const MIN_VALUES = 3;

function compiled(regex: string): RegExp {
  const known = cache.get(regex);
  if (known) return known;
  const made = new RegExp(regex);
  cache.set(regex, made);
  return made;
}
const cache = new Map<string, RegExp>();

/** The pattern that at least 80% of the values follow, the most telling one first. */
export function patternOf(values: readonly string[]): PatternFound | null {
  if (values.length < MIN_VALUES) return null;
  for (const { kind, test } of COMPILED) {
    const share = values.filter((value) => test(value.trim())).length / values.length;
    if (share >= MIN_SHARE) return { kind, share };
  }
  return null;
}

const BY_PATTERN: Partial<Record<PatternKind, [PiiKind, string]>> = {
  email: ['email', 'e-mail addresses'],
  phone: ['phone', 'telephone numbers'],
  iban: ['iban', 'bank account numbers whose check digits are right'],
  ssn: ['national_id', 'social security numbers'],
  card: ['card', 'payment card numbers whose check digit is right'],
  ip_address: ['ip_address', 'IP addresses'],
};
const TEXT: readonly FieldType[] = ['string'];
const TEXT_OR_NUMBER: readonly FieldType[] = ['string', 'integer', 'long', 'decimal'];
const BY_NAME: [PiiKind, RegExp, readonly FieldType[]][] = [
  ['email', /(^|_)e?_?mail(_addr(ess)?)?(_|$)/, TEXT],
  ['phone', /(^|_)(phone|mobile|telephone|tel|fax|cell)(_|$)/, TEXT_OR_NUMBER],
  [
    'name',
    /(^|_)(first|last|full|given|family|middle|maiden|customer|client|patient|employee|person|contact|owner|user|holder)_name$|^surname$|^forename$|(^|_)(lastname|firstname|fullname|surname)$/,
    TEXT,
  ],
  [
    'birth_date',
    /(^|_)(dob|birth|birthday|birthdate|born)(_|$)/,
    ['string', 'date', 'timestamp', 'integer'],
  ],
  [
    'national_id',
    /(^|_)(ssn|social_security|passport|national_id|tax_id|driver_?s?_licen[sc]e)(_|$)/,
    TEXT_OR_NUMBER,
  ],
  ['iban', /(^|_)(iban|bank_account|account_number)(_|$)/, TEXT_OR_NUMBER],
  ['card', /(^|_)(card_(number|no)|credit_card|cc_number)(_|$)/, TEXT_OR_NUMBER],
  [
    'address',
    /(^|_)(street|home_address|postal_address|mailing_address|billing_address|shipping_address|address(_line)?(_?\d)?)$/,
    TEXT,
  ],
  ['ip_address', /(^|_)(ip|ip_addr|ip_address)$/, TEXT],
];
const PERSON = /^\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}\.?)?(?: \p{Lu}[\p{L}'’-]+){1,2}$/u;

/** Whether a column seems to hold personal data, and why: what its values look like first, then its name. */
export function suggestPii(
  column: { name: string; type: FieldType },
  values: readonly string[],
  pattern: PatternFound | null,
): Pii | null {
  const looked = `${values.length.toLocaleString('en')} values looked at`;
  const byPattern = pattern ? BY_PATTERN[pattern.kind] : undefined;
  if (pattern && byPattern) {
    const [kind, what] = byPattern;
    return { kind, reason: `${Math.round(pattern.share * 100)}% of ${looked} are ${what}.` };
  }
  const name = column.name.toLowerCase();
  const named = BY_NAME.find(([, regex, types]) => regex.test(name) && types.includes(column.type));
  if (named) {
    const kind = named[0];
    if (kind === 'ip_address' && pattern) return null;
    return { kind, reason: `The column's name, "${column.name}", says so.` };
  }
  if (/(^|_)name$/.test(name) && column.type === 'string' && values.length >= MIN_VALUES) {
    const share = values.filter((value) => PERSON.test(value)).length / values.length;
    if (name === 'name' && share >= MIN_SHARE) {
      return {
        kind: 'name',
        reason: `It is called "${column.name}", and ${Math.round(share * 100)}% of ${looked} look like a person's name.`,
      };
    }
  }
  return null;
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1+$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 13616: the number made from it leaves 1 when divided by 97. */
function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '');
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    for (const digit of Number.parseInt(char, 36).toString())
      rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}
