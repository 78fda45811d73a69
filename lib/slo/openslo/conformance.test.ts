import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkOpenSlo } from './check';

const corpus = process.env.PORTOLAN_CORPUS;
const documents = (corpus ? readFileSync(path.join(corpus, 'classes.tsv'), 'utf8') : '')
  .split('\n')
  .map((line) => line.split('\t') as [string, string, string])
  .filter(([kind]) => kind === 'openslo')
  .map(([, outcome, file]) => ({ outcome, file }));

/** Where we differ from the class, and why. */
const DIFFERS: Record<string, string> = {
  'openslo/oslo/internal/files/testdata/format/invalid-service.yaml':
    'Its one fault is a blank in metadata.name, which three documents of the class valid have too: a warning.',
};

describe.skipIf(!corpus)('OpenSLO documents of other projects', () => {
  it.each(documents)('$outcome: $file', ({ outcome, file }) => {
    const value = parse(readFileSync(path.join(corpus ?? '', file), 'utf8'));
    const errors = (isWhole: boolean) =>
      checkOpenSlo(value, { isWhole }).filter(({ severity }) => severity === 'error');
    if (outcome === 'valid') expect(errors(false)).toEqual([]);
    else if (DIFFERS[file]) {
      expect(checkOpenSlo(value).map((one) => [one.path, one.severity])).toEqual([
        ['metadata.name', 'warning'],
      ]);
    } else {
      // Sound by itself; broken where everything it names has to be at hand.
      expect(errors(true).map((one) => one.path)).toEqual([
        expect.stringMatching(/(conditionRef|targetRef)$/),
      ]);
    }
  });

  it('are all there', () => {
    const count = (outcome: string) => documents.filter((one) => one.outcome === outcome).length;
    process.stdout.write(
      `OpenSLO: ${count('valid')} valid accepted, ${count('invalid') - Object.keys(DIFFERS).length} of ${count('invalid')} invalid refused\n`,
    );
    expect(documents.length).toBeGreaterThan(0);
  });
});
