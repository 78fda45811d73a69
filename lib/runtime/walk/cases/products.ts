import { Readable } from 'node:stream';
import { type Cases, filter, none, secret } from './shared';

export const products = {
  cases: {
    'products/attachUpload': ({ ids }) => [
      { draftId: ids.draft, fileName: 'x.csv', body: Readable.from(['id\n1\n']) },
    ],
    'products/checkDraftName': ({ ids }) => [{ draftId: ids.draft, domain: 'vault', name: secret }],
    'products/createDraft': filter,
    'products/discardDraft': ({ ids }) => [{ draftId: ids.draft }],
    'products/getDraft': ({ ids }) => [ids.draft],
    'products/getTemplateDocument': () => ['batch_analytics'],
    'products/listDrafts': none,
    'products/listSourceProducts': () => [''],
    'products/listTemplateDocuments': none,
    'products/listTemplates': none,
    'products/mayReadSource': () => [`vault/${secret}`],
    'products/previewDraftSql': ({ ids }) => [
      {
        ...{ draftId: ids.draft, sql: 'select * from s' },
        inputs: [{ alias: 's', product: `vault/${secret}` }],
      },
    ],
    'products/requireSourceProduct': () => ['vault/ledger'],
    'products/reviewDraft': ({ ids }) => [ids.draft],
    'products/saveDraft': ({ ids }) => [{ draftId: ids.draft, rev: 1, data: {} }],
    'products/wizardDomains': none,
  },
  open: {
    'products/getTemplateDocument': 'what the platform offers to who makes a product',
    'products/listTemplateDocuments': 'what the platform offers to who makes a product',
    'products/listTemplates': 'what the platform offers to who makes a product',
  },
  parts: {
    'products/openDraft': 'loads and guards a draft for a verb',
    'products/ownDraft': 'loads and guards a draft for a verb',
    'products/requireAuthor': 'a guard',
    'products/validateDraft': 'judges a draft that a verb has loaded',
  },
} satisfies Cases;
