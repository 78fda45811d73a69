import { Tabs } from '@/components/ui/tabs';

const ITEMS = [
  { href: '/platform', label: 'Platform' },
  { href: '/platform/templates', label: 'Templates' },
];

const RECOUNT = { href: '/platform/usage', label: 'Figures of use' };

interface PlatformTabsProps {
  current: '/platform' | '/platform/templates' | '/platform/usage';
  /** Whether the person may count figures of use again. */
  mayRecount: boolean;
}

export function PlatformTabs({ current, mayRecount }: PlatformTabsProps) {
  const items = mayRecount ? [...ITEMS, RECOUNT] : ITEMS;
  return <Tabs label="Platform pages" items={items} current={current} className="mb-6" />;
}
