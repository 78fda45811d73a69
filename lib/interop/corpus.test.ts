import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContract } from './read-contract';

const corpus = process.env.PORTOLAN_CORPUS;
const isThere = corpus !== undefined && existsSync(path.join(corpus, 'classes.tsv'));

describe.skipIf(!isThere)('the corpus', () => {
  it('x', () => {
    const rows = readFileSync(path.join(corpus!, 'classes.tsv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    for (const [kind, cls, file] of rows) {
      if (!['odcs', 'odps-bitol', 'dcs'].includes(kind!)) continue;
      const r = readContract(readFileSync(path.join(corpus!, file!), 'utf8'));
      const errs = r.findings.filter((f) => f.level === 'error');
      const warn = r.findings.filter((f) => f.level !== 'error');
      const want = kind !== 'dcs' && cls === 'valid';
      if (r.ok !== want) console.log('MISMATCH', kind, cls, file, JSON.stringify(errs.slice(0, 3)));
      else if (!want)
        console.log(
          'refused',
          cls,
          file,
          errs.length,
          errs
            .slice(0, 2)
            .map((e) => `${e.line}:${e.column} ${e.path}: ${e.message}`)
            .join(' | '),
        );
      else if (warn.length)
        console.log(
          'warn',
          file,
          warn
            .slice(0, 4)
            .map((e) => `${e.code} ${e.path}: ${e.message}`)
            .join(' | '),
        );
    }
    expect(1).toBe(1);
  });
});
