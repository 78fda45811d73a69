'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { currentHref, type NavVisibility, visibleSections } from './nav-items';

interface SideNavProps {
  nav: NavVisibility;
  onNavigate?: () => void;
}

export function SideNav({ nav, onNavigate }: SideNavProps) {
  const current = currentHref(usePathname());
  return (
    <nav aria-label="Main" className="flex flex-col gap-5 px-3 pb-6">
      {visibleSections(nav).map((section) => (
        <div key={section.title ?? 'start'}>
          {section.title && (
            <p className="px-2.5 pb-1 text-xs font-medium text-subtle">{section.title}</p>
          )}
          <ul className="flex flex-col gap-px">
            {section.items.map(({ href, label, icon: Icon }) => (
              <li key={href}>
                <Link
                  href={href}
                  onClick={onNavigate}
                  aria-current={href === current ? 'page' : undefined}
                  className={cn(
                    'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-base transition-colors max-lg:h-10',
                    href === current
                      ? 'bg-accent-soft font-medium text-accent-ink'
                      : 'text-muted hover:bg-hover hover:text-ink',
                  )}
                >
                  <Icon className="size-4 shrink-0" aria-hidden />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
