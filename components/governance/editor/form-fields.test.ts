import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDocumentAs } from '@/lib/specs';
import { addEntry, readFields, removeEntry, writeField } from './form-fields';

const global = readFileSync('prisma/seed/policies/global.yaml', 'utf8');
const sales = readFileSync('prisma/seed/policies/sales.yaml', 'utf8');
const fieldOf = (yaml: string, isDomain: boolean, path: string) => {
  const found = readFields(yaml, isDomain)
    ?.flatMap((group) => group.entries.flatMap((entry) => entry.fields))
    .find((field) => field.path.join('.') === path);
  if (!found) throw new Error(`no field ${path}`);
  return found;
};

it('changes one value and keeps the rest of the text, comments too', () => {
  const field = fieldOf(global, false, 'spec.data_quality.1.threshold');
  expect(field.value).toBe('98%');
  const changed = writeField(global, field, '99%');
  expect(changed).toContain('# Rules for every domain.');
  expect(changed).toContain('# Data Quality');
  expect(parseDocumentAs('DataGovernancePolicy', changed)).toMatchObject({
    ok: true,
    document: { spec: { data_quality: [{}, { threshold: '99%' }, {}] } },
  });
});

it('reads and writes lists, numbers and what was not there', () => {
  const roles = fieldOf(global, false, 'spec.access_control.0.data_access');
  expect(roles.value).toBe('public, internal');
  expect(writeField(global, roles, 'public')).toContain('data_access: [ public ]');
  const accuracy = fieldOf(sales, true, 'spec.quality_requirements.accuracy');
  expect(writeField(sales, accuracy, '97.5')).toContain('accuracy: 97.5');
  const approval = fieldOf(sales, true, 'spec.approval');
  expect(writeField(sales, approval, 'two_people')).toContain('approval: two_people');
  expect(writeField(sales, accuracy, '')).not.toContain('accuracy');
});

it('adds and removes entries', () => {
  const group = readFields(sales, true)?.find((one) => one.title === 'Quality');
  const added = addEntry(sales, group!.add!);
  expect(parseDocumentAs('DataGovernancePolicy', added)).toMatchObject({
    ok: true,
    document: { spec: { data_quality: [{ metric: 'completeness' }] } },
  });
  expect(removeEntry(added, ['spec', 'data_quality', 0])).not.toContain('metric');
});

it('gives no form while the text is broken', () => {
  expect(readFields('spec: [', false)).toBeNull();
  expect(readFields('', false)).toBeNull();
});
