import { describe, expect, it } from 'vitest';
import {
  addField,
  formOf,
  removeField,
  setDescription,
  setField,
  setPromise,
} from './contract-edits';

const YAML = `apiVersion: v1
kind: DataProduct
spec:
  description: Orders. # kept
  source:
    type: upload
  schema:
    - name: id
      type: long
    - name: city
      type: string
      required: true
  quality:
    - name: city is there
      check: not_null
      column: city
`;

describe('the contract’s form', () => {
  it('reads the text, and nothing of a text that is broken', () => {
    expect(formOf(YAML)?.fields[1]).toEqual({
      ...{ name: 'city', type: 'string', isRequired: true, isPii: false, description: '' },
    });
    expect(formOf('spec: [')).toBeNull();
    expect(formOf('spec: {}')).toBeNull();
  });

  it('changes what it is told to and keeps the rest', () => {
    const text = setField(setDescription(YAML, 'Every order.'), 1, {
      isRequired: false,
      type: 'json',
    });
    expect(text).toContain('description: Every order. # kept');
    expect(formOf(text)?.fields[1]).toMatchObject({ type: 'json', isRequired: false });
    expect(text).not.toContain('required');
    expect(text).toContain('column: city');
    expect(formOf(removeField(addField(YAML), 0))?.fields.map((one) => one.name)).toEqual([
      'city',
      'new_field',
    ]);
  });

  it('terms, support and price are written, changed and taken away', () => {
    const terms = {
      usage: 'Reports.',
      definitions: [{ type: 'Licence', url: 'https://l.example' }],
    };
    const text = setPromise(setPromise(YAML, 'terms', terms), 'price', { amount: 3 });
    expect(formOf(text)?.promises).toEqual({ terms, support: undefined, price: { amount: 3 } });
    expect(text).toContain('# kept');
    expect(setPromise(text, 'terms', undefined)).not.toContain('terms');
  });

  it('rules go and are renamed with their field', () => {
    expect(removeField(YAML, 1)).not.toContain('quality');
    expect(removeField(YAML, 0)).toContain('column: city');
    expect(setField(YAML, 1, { name: 'town' })).toContain('column: town');
  });

  it('a field that is renamed is read from the column that it was read from', () => {
    const once = setField(YAML, 1, { name: 'town' });
    expect(once).toContain('sourceName: city');
    const twice = setField(once, 1, { name: 'place' });
    expect(twice).toContain('sourceName: city');
    expect(setField(twice, 1, { name: 'city' })).not.toContain('sourceName');
  });
});
