import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { TodayItem, TodayKind, TodaySection } from '@/lib/insight';

const WORDS: Record<TodayKind, { title: string; href: string }> = {
  violations: { title: 'Violations', href: '/governance/violations' },
  incidents: { title: 'Quality incidents that nobody has', href: '/governance/incidents' },
  policies: { title: 'Policies to decide on', href: '/governance/policies' },
  waivers: { title: 'Waivers to decide on or about to end', href: '/governance/waivers' },
  certifications: { title: 'Certifications about to end', href: '/catalog?certified=yes' },
  tags: { title: 'Tags to approve', href: '/governance/tags?state=proposed' },
  privacy: { title: 'Privacy requests', href: '/governance/privacy' },
  retention: { title: 'Retention that failed', href: '/governance/retention' },
  reports: { title: 'Texts that were reported', href: '/governance/reports?status=open' },
  delivery: { title: 'Alerts that did not arrive', href: '/settings/webhooks' },
};
const TONES: Record<TodayItem['level'], StatusTone> = {
  error: 'error',
  warning: 'warn',
  info: 'info',
};
const LEVELS: Record<TodayItem['level'], string> = {
  error: 'Urgent',
  warning: 'Waits',
  info: 'Coming',
};

/** What needs a decision today, by kind; kinds where nothing waits are left out. */
export function TodayCard({ sections }: { sections: TodaySection[] }) {
  const waiting = sections.filter((section) => section.count > 0);
  if (waiting.length === 0) {
    return (
      <Card title="Needs a decision today">
        <EmptyState
          icon={<CircleCheck />}
          title="Nothing waits for you"
          description="Violations, drafts, waivers and privacy requests that need you show up here."
        />
      </Card>
    );
  }
  return (
    <Card title="Needs a decision today" flush>
      <div className="divide-y">
        {waiting.map((section) => (
          <Section key={section.kind} section={section} />
        ))}
      </div>
    </Card>
  );
}

function Section({ section }: { section: TodaySection }) {
  const { title, href } = WORDS[section.kind];
  return (
    <section className="px-5 py-4">
      <header className="flex items-baseline justify-between gap-4">
        <h3 className="text-base font-semibold">
          {title} <span className="tabular font-normal text-muted">{section.count}</span>
        </h3>
        <Link href={href} className="link text-sm">
          {section.count > section.items.length ? 'All of them' : 'Open'}
        </Link>
      </header>
      <ul className="mt-1 divide-y">
        {section.items.map((item) => (
          <li
            key={item.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5"
          >
            <span className="min-w-0">
              <Link href={item.href} className="link font-medium break-words">
                {item.title}
              </Link>
              {item.detail && (
                <p className="line-clamp-2 text-sm break-words text-muted">{item.detail}</p>
              )}
            </span>
            <span className="flex items-center gap-2 text-sm text-muted">
              <StatusBadge tone={TONES[item.level]}>{LEVELS[item.level]}</StatusBadge>
              <span>
                {item.isDue ? 'due ' : 'since '}
                <RelativeTime at={item.at} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
