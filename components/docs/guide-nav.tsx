import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import type { GuideSection } from '@/lib/adoption';

interface GuideNavProps {
  sections: readonly GuideSection[];
  current: string;
  label: string;
}

export function GuideNav({ sections, current, label }: GuideNavProps) {
  return (
    <nav aria-label={label} className="flex flex-col gap-4">
      {sections.map((section) => (
        <div key={section.title}>
          <p className="px-2.5 pb-1 text-xs font-medium text-subtle">{section.title}</p>
          <ul className="flex flex-col gap-px">
            {section.pages.map((page) => (
              <li key={page.slug}>
                <Link
                  href={`/docs/${page.slug}`}
                  aria-current={page.slug === current ? 'page' : undefined}
                  className={cn(
                    'block rounded-md px-2.5 py-1.5 text-base',
                    page.slug === current
                      ? 'bg-accent-soft font-medium text-accent-ink'
                      : 'text-muted hover:bg-hover hover:text-ink',
                  )}
                >
                  {page.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
