import type { Cases } from './shared';

export const domains = {
  cases: {
    'domains/archiveDomain': ({ ids }) => [{ domainId: ids.vault }],
    'domains/createDomain': () => [{ name: 'fresh', title: 'Fresh' }],
    'domains/removeMember': ({ ids }) => [{ domainId: ids.vault, userId: ids.owner }],
    'domains/setMember': ({ ids, emails }) => [
      { domainId: ids.vault, email: emails.owner, role: 'data_consumer' },
    ],
    'domains/updateDomain': ({ ids }) => [
      { domainId: ids.vault, rev: 1, title: 'Open', description: '' },
    ],
  },
} satisfies Cases;
