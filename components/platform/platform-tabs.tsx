import { Tabs } from '@/components/ui/tabs';

const ITEMS = [
  { href: '/platform', label: 'Platform' },
  { href: '/platform/templates', label: 'Templates' },
];

export function PlatformTabs({ current }: { current: '/platform' | '/platform/templates' }) {
  return <Tabs label="Platform pages" items={ITEMS} current={current} className="mb-6" />;
}
