const NAMES =
  /(^|_)(e_?mail|phone|mobile|telephone|fax|first_?name|last_?name|full_?name|surname|maiden_?name|customer_?name|employee_?name|ssn|social_security|passport|national_id|tax_id|iban|credit_card|card_number|date_of_birth|birth_?date|dob|street|home_address|postal_address|ip_address)s?(_(address|number|no))?$/;
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,}$/i;
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Whether a column seems to hold data about persons: by its name, or by all of a few values. */
export function looksPersonal(name: string, samples: readonly string[]): boolean {
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  if (NAMES.test(words.replace(/[^a-z0-9]+/g, '_'))) return true;
  const isAll = (pattern: RegExp) =>
    samples.length > 0 && samples.every((one) => pattern.test(one));
  return isAll(EMAIL) || isAll(IBAN);
}
