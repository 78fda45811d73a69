import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SUBSCRIPTION_EVENTS } from '@/lib/alerts';
import { PERMISSIONS, TOKEN_SCOPES } from '@/lib/core/can';
import { GENERATED } from '@/lib/documentation/parts';
import { MAX_LINKS, MAX_SYNONYMS } from '@/lib/glossary/input';
import { WARN_DAYS } from '@/lib/governance/certification/tell-of-certifications';
import { TAG_STATES } from '@/lib/governance/tags/queries';
import { RHYTHMS } from '@/lib/insight';
import { LOOKS_BACK } from '@/lib/insight/cost/forecast';
import { UNUSED_DAYS } from '@/lib/insight/cost/unused';
import { ALIKE } from '@/lib/insight/duplicates/similarity';
import { METRICS } from '@/lib/insight/metrics/registry';
import { CHECKS as SCORECARD_CHECKS } from '@/lib/insight/scorecards/checks/registry';
import { MAX_EXPRESSION } from '@/lib/insight/scorecards/custom/input';
import { MAX_ACTIVE } from '@/lib/insight/scorecards/custom/judge';
import { MOST_DAYS } from '@/lib/insight/sharing/create-share';
import { FROM_ADDRESS, OF_LINK } from '@/lib/insight/sharing/open-share';
import { FRESH_MINUTES } from '@/lib/insight/survey/ask';
import { LEAST_ANSWERS } from '@/lib/insight/survey/least';
import { LEAST_DAYS } from '@/lib/insight/survey/settings';
import { EVENT_TYPES, MAX_EVENTS } from '@/lib/lineage/external/event';
import { EVENT_DAYS, JOB_DAYS } from '@/lib/lineage/external/remove-old';
import { DIRECT, INDIRECT } from '@/lib/lineage/sql';
import { UPLOAD_FORMATS } from '@/lib/platform/ingest';
import { FILE_FORMATS } from '@/lib/platform/sandbox';
import { CHECKS } from '@/lib/quality/checks/registry';
import { OPERATOR_NAMES } from '@/lib/quality/threshold';
import { RESERVED_PARAMETERS } from '@/lib/serving/parse-query';
import { OPERATORS, ROW_FORMATS } from '@/lib/serving/types';
import { MASKS, parseDocumentAs, ROW_OPERATORS } from '@/lib/specs';
import { LIMITS } from '@/lib/workbench/limits';
import { GUIDE, GUIDE_DIR, guidePage } from './guide';

const files = readdirSync(GUIDE_DIR).map((file) => file.replace(/\.md$/, ''));
const read = (slug: string) => readFileSync(path.join(GUIDE_DIR, `${slug}.md`), 'utf8');

/** The supervisor and npm's scripts set these; people do not. */
const INTERNAL = [
  'NODE_ENV',
  'PORTOLAN_APP_DATABASE_URL',
  'PORTOLAN_OWNER_DATABASE_URL',
  'PORTOLAN_WORKER_ID',
  'PORTOLAN_APP_VERSION',
  'PORTOLAN_DIST',
];

describe('the guide', () => {
  it('lists every file once, under the title that it has', () => {
    const pages = GUIDE.flatMap((section) => [...section.pages]);
    expect(pages.map((page) => page.slug).sort()).toEqual(files.sort());
    for (const page of pages) expect(read(page.slug)).toMatch(`# ${page.title}\n`);
  });

  it.each(files)('%s links to pages that exist', (slug) => {
    for (const [, target] of read(slug).matchAll(/\]\(\/docs\/([^)#]+)/g)) {
      expect(files, `${slug} → ${target}`).toContain(target);
    }
  });

  it('gives a page with its neighbours, and refuses what is none', async () => {
    const page = await guidePage('concepts');
    expect(page).toMatchObject({ title: 'Concepts', previous: { slug: 'getting-started' } });
    expect(page.text).not.toContain('# Concepts');
    for (const slug of ['../../README', 'nothing', '']) {
      await expect(guidePage(slug)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('the guide is true about', () => {
  it.each([
    ['reading-rows', [...OPERATORS, ...RESERVED_PARAMETERS]],
    ['api-tokens', TOKEN_SCOPES],
    ['getting-access', [...MASKS, ...ROW_OPERATORS]],
    [
      'glossary',
      [
        ...PERMISSIONS['glossary.edit'].domain,
        ...PERMISSIONS['glossary.edit'].platform,
        ...[MAX_LINKS, MAX_SYNONYMS].map(String),
      ],
    ],
    ['certification', [...PERMISSIONS['product.certify'].platform, String(WARN_DAYS)]],
    ['tags', TAG_STATES],
    [
      'scorecards',
      [
        ...SCORECARD_CHECKS.map(({ id }) => id),
        ...[...RHYTHMS, MAX_ACTIVE].map(String),
        MAX_EXPRESSION.toLocaleString('en'),
      ],
    ],
    [
      'lineage',
      [
        ...[...DIRECT, ...INDIRECT, ...EVENT_TYPES],
        ...[MAX_EVENTS, EVENT_DAYS, JOB_DAYS].map(String),
      ],
    ],
    [
      'cost',
      [
        ...PERMISSIONS['cost.edit'].platform,
        ...PERMISSIONS['duplicate.dismiss'].platform,
        ...PERMISSIONS['duplicate.dismiss'].domain,
        ...METRICS.flatMap(({ id, group }) => (group === 'cost' ? [id] : [])),
        ...[...UNUSED_DAYS, LOOKS_BACK, ALIKE * 100].map(String),
      ],
    ],
    ['community', Object.keys(SUBSCRIPTION_EVENTS)],
    ['insight', METRICS.map(({ id }) => id)],
    [
      'sharing-insight',
      [
        ...[LEAST_ANSWERS, LEAST_DAYS, FRESH_MINUTES, MOST_DAYS, FROM_ADDRESS, OF_LINK].map(String),
        ...METRICS.filter((metric) => metric.isOfPortal).map(({ id }) => id),
      ],
    ],
    ['documenting-a-product', GENERATED.map((name) => `{{${name}}}`)],
    ['quality', [...Object.keys(CHECKS), ...OPERATOR_NAMES]],
    [
      'workbench',
      [
        ...[LIMITS.rows, LIMITS.downloadRows].map((rows) => rows.toLocaleString('en')),
        ...[LIMITS.timeMs, LIMITS.downloadTimeMs].map((ms) => String(ms / 1000)),
        ...[LIMITS.memoryMb, LIMITS.perPerson].map(String),
        ...FILE_FORMATS,
      ],
    ],
  ])('%s', (slug, words) => {
    for (const word of words) expect(read(slug), word).toContain(`\`${word}\``);
  });

  it('formats of rows and of uploads', () => {
    for (const format of ROW_FORMATS) expect(read('reading-rows')).toContain(`rows.${format}`);
    for (const format of UPLOAD_FORMATS) {
      expect(read('creating-a-product').toLowerCase()).toContain(`| ${format} |`);
    }
  });

  it('every variable of the environment', () => {
    const source = readFileSync('lib/core/env.ts', 'utf8');
    const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name!);
    const open = names.filter((name) => !INTERNAL.includes(name));
    expect(open.length).toBeGreaterThan(15);
    for (const name of open) expect(read('running-portolan')).toContain(`\`${name}\``);
  });

  it('what roles reach by the policy that is shipped', () => {
    const yaml = readFileSync('prisma/seed/policies/global.yaml', 'utf8');
    const parsed = parseDocumentAs('DataGovernancePolicy', yaml);
    const rules = parsed.ok ? parsed.document.spec.access_control : undefined;
    if (!Array.isArray(rules)) throw new Error('The global policy has no access rules.');
    for (const { role, data_access: levels } of rules) {
      expect(read('access-and-policies')).toContain(`| \`${role}\` | ${levels.join(', ')} |`);
    }
  });
});
