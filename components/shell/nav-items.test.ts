import { expect, it } from 'vitest';
import { currentHref, visibleSections } from './nav-items';

it.each([
  ['/', '/'],
  ['/products', '/products'],
  ['/products/new', '/products/new'],
  ['/products/new/step-2', '/products/new'],
  ['/products/sales/orders', '/products'],
  ['/productsx', null],
  ['/platform', '/platform'],
  ['/platform/templates/etl', '/platform/templates'],
  ['/docs/audit', '/docs'],
  ['/governance/audit', '/governance/audit'],
])('%s belongs to %s', (path, href) => expect(currentHref(path)).toBe(href));

it('leaves out hidden entries and sections that are empty without them', () => {
  const governance = ['governance', 'policies', 'violations', 'privacy', 'audit'] as const;
  const hidden = Object.fromEntries(governance.map((key) => [key, false]));
  const sections = visibleSections({ ...hidden, newProduct: false });
  expect(sections.map((section) => section.title)).not.toContain('Governance');
  expect(sections.flatMap((section) => section.items).map((item) => item.key)).not.toContain(
    'newProduct',
  );
});
