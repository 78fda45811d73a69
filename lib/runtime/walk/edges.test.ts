import { describe, expect, it } from 'vitest';
import { exportedFunctions, importedByEdges, serverActions } from './exports';

/** Functions of lib that pages, actions and routes call without saying who asks, and why that opens nothing. */
const UNASKED: Record<string, string> = {
  'audit/csvCell': 'writes a cell',
  'audit/differencesOf': 'shapes a row that the page has asked for',
  'audit/searchOf': 'shapes an address',
  'audit/flushAudit': 'writes what waits, when the process ends',
  'auth/actorForProbe': 'finds out who asks',
  'auth/actorForSession': 'finds out who asks',
  'auth/actorForToken': 'finds out who asks',
  'auth/authOptions': 'signing in',
  'auth/demoAccounts': 'the sign-in page of a demo lists its accounts; without a demo it has none',
  'auth/isProbeToken': 'finds out who asks',
  'auth/isOidcConfigured': 'whether the sign-in page has a second button',
  'auth/needsFirstAdmin': 'whether the portal has an administrator yet',
  'auth/parseGroupRoles': 'reads the configuration',
  'auth/sessionCookie': "the name of the browser's own cookie",
  'catalog/catalogSearchOf': 'shapes an address',
  'documentation/boundedQuery': 'shapes a query',
  'documentation/partsOf': 'takes apart a text that the page has asked for',
  'documentation/promisedOf': 'shapes what the page has asked for',
  'documentation/unknownMarks': 'reads the text that is being written',
  'governance/effectiveRows': 'shapes a policy that the page has asked for',
  'governance/policyJsonSchema': 'the shape of policy documents',
  'governance/ruleFacts': 'names of what rules may look at',
  'insight/daysOf': 'shapes an address',
  'insight/metricChart': 'shapes what the page has asked for',
  'insight/figureText': 'says a figure that the page has asked for',
  'insight/movedMost': 'chooses among figures that the page has asked for',
  'insight/numberText': 'says a figure that the page has asked for',
  'insight/targetText': 'says a figure that the page has asked for',
  'insight/tooLittle': 'says a figure that the page has asked for',
  'insight/trendOf': 'says a figure that the page has asked for',
  'insight/metricCatalogue': 'what metrics are, which the guide lists too',
  'products/mergeFields': 'shapes what the form holds',
  'products/newerDraftOf': 'reads a refusal',
  'products/renameInRules': 'shapes what the form holds',
  'products/rulesFor': 'shapes what the form holds',
  'interop/linkOf': 'judges an address that the page has asked for',
  'quality/describeRule': 'says a rule that the form holds',
  'quality/listChecks': 'the catalogue of checks, which the guide lists too',
  'quality/ruleProblem': 'judges the settings that were sent',
  'serving/flushUsage': 'writes what waits, when the process ends',
};

const MODULES_WITHOUT_DATA = new Set(['core', 'specs', 'http', 'adoption']);

describe('pages, actions and routes', () => {
  it('reach data only through functions that ask who is there', async () => {
    const silent = new Set(
      (await exportedFunctions()).filter(({ asks }) => !asks).map(({ name }) => name),
    );
    const used = (await importedByEdges()).filter(
      ({ name }) => silent.has(name) && !MODULES_WITHOUT_DATA.has(name.split('/')[0]!),
    );
    const unknown = used.filter(({ name }) => !(name in UNASKED));
    expect(unknown.map(({ name, by }) => `${name} in ${by}`)).toEqual([]);
    const names = new Set(used.map(({ name }) => name));
    expect(Object.keys(UNASKED).filter((name) => !names.has(name))).toEqual([]);
  });

  it('never reach the database themselves', async () => {
    const used = (await importedByEdges()).filter(({ name }) =>
      ['core/db', 'core/pool', 'core/transact'].includes(name),
    );
    expect(used).toEqual([]);
  });

  it('have no action that is not one of action(): it asks for a signed-in person first', async () => {
    const all = await serverActions();
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter(({ text }) => !text.startsWith('action('))).toEqual([]);
    const open = all.filter(({ text }) => text.includes('isPublic'));
    expect(open.map(({ name }) => name)).toEqual(['createFirstAdminAction', 'unsubscribeAction']);
  });
});
