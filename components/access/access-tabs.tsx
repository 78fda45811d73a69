import { Tabs } from '@/components/ui/tabs';

const ITEMS = [
  { href: '/access', label: 'Ask for access' },
  { href: '/access/requests', label: 'My requests' },
  { href: '/access/inbox', label: 'To decide' },
  { href: '/access/elevation', label: 'Roles for some hours' },
];

export function AccessTabs({ current }: { current: string }) {
  return <Tabs label="Access" className="mb-6" current={current} items={ITEMS} />;
}
