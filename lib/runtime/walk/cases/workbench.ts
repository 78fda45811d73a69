import { type Cases, filter, none } from './shared';

export const workbench = {
  cases: {
    'workbench/deleteQuery': ({ ids }) => [{ queryId: ids.query }],
    'workbench/downloadQuery': () => [
      { sql: 'from vault.ledger', format: 'csv' },
      new AbortController().signal,
    ],
    'workbench/queryableProducts': () => [''],
    'workbench/queryHistory': filter,
    'workbench/restoreQuery': ({ ids }) => [{ queryId: ids.deletedQuery }],
    'workbench/runQuery': () => [{ sql: 'from vault.ledger' }, new AbortController().signal],
    'workbench/savedQueries': none,
    'workbench/savedQuery': ({ ids }) => [ids.query],
    'workbench/saveQuery': () => [{ name: 'mine', sql: 'select 1' }],
    'workbench/updateQuery': ({ ids }) => [{ queryId: ids.query, rev: 1, name: 'new' }],
  },
  open: {
    'workbench/queryHistory': 'their own statements',
    'workbench/saveQuery': 'a query of their own',
  },
  parts: {
    'workbench/openTables': 'part of runQuery, after its guard',
    'workbench/ownerOf': 'a guard',
  },
} satisfies Cases;
