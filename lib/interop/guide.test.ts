import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CONTRACT_FORMATS } from './formats';
import { ODCS_CURRENT, ODCS_VERSIONS } from './odcs/versions';
import { ODPS_CURRENT, ODPS_VERSIONS } from './odps/schema';

it('the guide names every version and format that is read and written', () => {
  const guide = readFileSync(path.resolve('docs/guide/contracts.md'), 'utf8');
  for (const word of [...CONTRACT_FORMATS, ...ODCS_VERSIONS, ...ODPS_VERSIONS]) {
    expect(guide, word).toContain(`\`${word}\``);
  }
  expect(guide).toContain(`| \`${ODCS_CURRENT}\`, or the version that was imported |`);
  expect(guide).toContain(`| \`${ODPS_CURRENT}\`, or the version that was imported |`);
});
