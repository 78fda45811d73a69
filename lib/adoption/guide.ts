import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { env, notFound } from '@/lib/core';

/** The guide's pages in reading order: `docs/guide/<slug>.md`. */
export const GUIDE = [
  {
    title: 'Begin',
    pages: [
      {
        slug: 'getting-started',
        title: 'Getting started',
        about: 'Find a product, read its rows, make one.',
      },
      { slug: 'concepts', title: 'Concepts', about: 'What the words on these pages mean.' },
    ],
  },
  {
    title: 'Use data',
    pages: [
      {
        slug: 'finding-products',
        title: 'Finding products',
        about: 'How the search understands words, ranks, filters, remembers and tells.',
      },
      {
        slug: 'glossary',
        title: 'The glossary',
        about: 'Words of the business, what they mean, and the products that hold it.',
      },
      {
        slug: 'reading-rows',
        title: 'Reading rows',
        about: 'The HTTP API: filters, order, pages, formats, errors.',
      },
      {
        slug: 'workbench',
        title: 'The SQL workbench',
        about: 'Query granted products together, in the browser and over HTTP.',
      },
      {
        slug: 'api-tokens',
        title: 'API tokens',
        about: 'Let a program act as you, within scopes.',
      },
      {
        slug: 'getting-access',
        title: 'Getting access',
        about: 'Ask, approve, narrow, renew, revoke; masks; roles for some hours.',
      },
      {
        slug: 'access-and-policies',
        title: 'Access and policies',
        about: 'Who may read what, and how that is decided.',
      },
      {
        slug: 'lineage',
        title: 'Lineage',
        about: 'What is made from what, column by column, and who breaks when something goes.',
      },
      {
        slug: 'insight',
        title: 'Insight',
        about: 'Metrics, how each is computed, the rows behind them.',
      },
      {
        slug: 'cost',
        title: 'Cost',
        about: 'Prices, what products cost by them, and what could be spared.',
      },
      {
        slug: 'sharing-insight',
        title: 'Survey, share links, figures by e-mail',
        about: 'What people say of the portal, and figures for who does not open it.',
      },
      {
        slug: 'scorecards',
        title: 'Scorecards',
        about: 'How mature products are, what to do next, campaigns, checks of your own.',
      },
      {
        slug: 'community',
        title: 'Trust and conversation',
        about: 'Reviews, questions, announcements, following, usage.',
      },
    ],
  },
  {
    title: 'Publish data',
    pages: [
      {
        slug: 'creating-a-product',
        title: 'Creating a product',
        about: 'The wizard, file formats and limits, SQL sources.',
      },
      {
        slug: 'documenting-a-product',
        title: 'Documenting a product',
        about: 'Words, generated parts, examples that are run, what is still missing.',
      },
      {
        slug: 'contracts',
        title: 'Contracts',
        about: 'ODCS, ODPS and DataProduct: import, check, upgrade, export.',
      },
      {
        slug: 'lifecycle',
        title: 'The way to production',
        about: 'Staging, test suites, gates, promotion, rollback, snapshots, deprecation.',
      },
      {
        slug: 'changing-a-product',
        title: 'Changing a product',
        about: 'Versions of the contract: the gate, side by side, the sunset.',
      },
      {
        slug: 'provisioning-and-retiring',
        title: 'Provisioning and retiring',
        about: 'What is made, refreshed, undone and destroyed.',
      },
      {
        slug: 'slos',
        title: 'Service level objectives',
        about: 'What is promised, how it is measured, budgets and alerts.',
      },
    ],
  },
  {
    title: 'Look after it',
    pages: [
      {
        slug: 'quality',
        title: 'Quality',
        about: 'Rules, thresholds, incidents, and three ways to mend the rows.',
      },
      {
        slug: 'certification',
        title: 'Certification',
        about: 'A steward’s word on a product, until a day; what ends it, who is told.',
      },
      {
        slug: 'tags',
        title: 'Tags',
        about: 'The vocabulary: proposals, approval, renaming, merging, approved tags only.',
      },
      {
        slug: 'alerts',
        title: 'Alerts',
        about: 'Inbox, e-mail, signed webhooks.',
      },
      {
        slug: 'retention',
        title: 'Retention',
        about: 'How long rows are kept, what is deleted, and the proof.',
      },
      {
        slug: 'compliance',
        title: 'Compliance monitor',
        about: 'What is looked at by itself, violations, who is told.',
      },
      {
        slug: 'privacy',
        title: 'Privacy requests',
        about: 'Find, export and erase a person; legal holds; receipts.',
      },
      { slug: 'audit', title: 'Audit', about: 'What is recorded, and why it can be trusted.' },
      {
        slug: 'running-portolan',
        title: 'Running Portolan',
        about: 'Start, configuration, single sign-on, backup.',
      },
    ],
  },
] as const satisfies readonly GuideSection[];

export interface GuidePage {
  slug: string;
  title: string;
  about: string;
}
export interface GuideSection {
  title: string;
  pages: readonly GuidePage[];
}

const EXAMPLE_URL = 'http://localhost:3000';
export const GUIDE_DIR = path.resolve(/* turbopackIgnore: true */ 'docs/guide');

/**
 * A page's Markdown without its title; examples name the address that people use for this portal.
 * @throws AppError not_found
 */
export async function guidePage(
  slug: string,
): Promise<GuidePage & { text: string; previous: GuidePage | null; next: GuidePage | null }> {
  const pages: GuidePage[] = GUIDE.flatMap((section) => [...section.pages]);
  const place = pages.findIndex((page) => page.slug === slug);
  const page = pages[place];
  if (!page) throw notFound(`The documentation page "${slug.slice(0, 63)}"`);
  const file = path.join(/* turbopackIgnore: true */ GUIDE_DIR, `${page.slug}.md`);
  const text = (await readFile(file, 'utf8'))
    .replace(/^# .*\n+/, '')
    .replaceAll(EXAMPLE_URL, env().PORTOLAN_URL?.replace(/\/$/, '') ?? EXAMPLE_URL);
  return { ...page, text, previous: pages[place - 1] ?? null, next: pages[place + 1] ?? null };
}
