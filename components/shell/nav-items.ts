import {
  Blocks,
  BookA,
  BookOpen,
  ChartLine,
  Compass,
  FolderKey,
  Handshake,
  House,
  KeyRound,
  Landmark,
  LayoutTemplate,
  type LucideIcon,
  Package,
  PackagePlus,
  ScrollText,
  Server,
  ShieldCheck,
  Siren,
  SquareTerminal,
  UserRoundX,
  Users,
  Waypoints,
  Webhook,
} from 'lucide-react';

interface NavItem {
  key: string;
  href: string;
  label: string;
  icon: LucideIcon;
}

interface NavSection {
  title: string | null;
  items: readonly NavItem[];
}

export const navSections = [
  {
    title: null,
    items: [
      { key: 'home', href: '/', label: 'Home', icon: House },
      { key: 'catalogue', href: '/catalog', label: 'Catalogue', icon: Compass },
      { key: 'glossary', href: '/glossary', label: 'Glossary', icon: BookA },
      { key: 'lineage', href: '/lineage', label: 'Lineage', icon: Waypoints },
      { key: 'insight', href: '/insight', label: 'Insight', icon: ChartLine },
      { key: 'workbench', href: '/workbench', label: 'Workbench', icon: SquareTerminal },
      { key: 'myData', href: '/my-data', label: 'My data', icon: FolderKey },
      { key: 'access', href: '/access', label: 'Access requests', icon: Handshake },
    ],
  },
  {
    title: 'Build',
    items: [
      { key: 'products', href: '/products', label: 'Products', icon: Package },
      { key: 'newProduct', href: '/products/new', label: 'New product', icon: PackagePlus },
      { key: 'domains', href: '/domains', label: 'Domains', icon: Blocks },
    ],
  },
  {
    title: 'Governance',
    items: [
      { key: 'governance', href: '/governance', label: 'Overview', icon: Landmark },
      { key: 'policies', href: '/governance/policies', label: 'Policies', icon: ShieldCheck },
      { key: 'violations', href: '/governance/violations', label: 'Violations', icon: Siren },
      { key: 'privacy', href: '/governance/privacy', label: 'Privacy', icon: UserRoundX },
      { key: 'audit', href: '/governance/audit', label: 'Audit', icon: ScrollText },
    ],
  },
  {
    title: 'Platform',
    items: [
      { key: 'templates', href: '/platform/templates', label: 'Templates', icon: LayoutTemplate },
      { key: 'platform', href: '/platform', label: 'Platform', icon: Server },
    ],
  },
  {
    title: 'Settings',
    items: [
      { key: 'tokens', href: '/settings/tokens', label: 'API tokens', icon: KeyRound },
      { key: 'webhooks', href: '/settings/webhooks', label: 'Webhooks', icon: Webhook },
      { key: 'people', href: '/settings/people', label: 'People', icon: Users },
    ],
  },
  {
    title: 'Help',
    items: [{ key: 'docs', href: '/docs', label: 'Docs', icon: BookOpen }],
  },
] as const satisfies readonly NavSection[];

export type NavKey = (typeof navSections)[number]['items'][number]['key'];

/** What the signed-in person sees: a key that is missing is shown. */
export type NavVisibility = Partial<Record<NavKey, boolean>>;

export function visibleSections(nav: NavVisibility): NavSection[] {
  const sections: readonly NavSection[] = navSections;
  return sections
    .map((section) => ({
      ...section,
      items: section.items.filter((item) => nav[item.key as NavKey] !== false),
    }))
    .filter((section) => section.items.length > 0);
}

/** The entry a path belongs to: the longest that is the path or a folder above it. */
export function currentHref(pathname: string): string | null {
  const sections: readonly NavSection[] = navSections;
  const hrefs = sections.flatMap((section) => section.items.map((item) => item.href));
  const matches = hrefs.filter(
    (href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)),
  );
  return matches.sort((a, b) => b.length - a.length)[0] ?? null;
}
