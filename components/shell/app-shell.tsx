import Link from 'next/link';
import type { ReactNode } from 'react';
import { Bell } from '@/components/alerts/bell';
import { ButtonLink } from '@/components/ui/button';
import { CatalogueSearch } from './catalogue-search';
import { CompassRose, Wordmark } from './logo';
import { MobileNav } from './mobile-nav';
import type { NavVisibility } from './nav-items';
import { Palette } from './palette';
import { SideNav } from './side-nav';
import { ThemeToggle } from './theme-toggle';
import { type ShellUser, UserMenu } from './user-menu';

interface AppShellProps {
  user: ShellUser | null;
  /** Alerts that the person has not read. */
  unread?: number;
  /** Entries to hide: `{ people: false }`. */
  nav?: NavVisibility;
  signInHref?: string;
  /** A row above the page, for breadcrumbs or a notice that concerns every page. */
  banner?: ReactNode;
  children: ReactNode;
}

/** The portal's frame: side navigation, search, theme, account, and the page in <main>. */
export function AppShell(props: AppShellProps) {
  const { user, unread = 0, nav = {}, signInHref = '/signin', banner, children } = props;
  return (
    <div className="min-h-dvh lg:pl-60">
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside className="fixed inset-y-0 left-0 z-30 hidden w-60 flex-col overflow-y-auto border-r bg-sunken/60 lg:flex">
        <Link href="/" className="mx-3 my-3 rounded-md px-2 py-1" aria-label="Portolan, home">
          <Wordmark />
        </Link>
        <SideNav nav={nav} />
      </aside>
      <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b bg-canvas/95 px-4 backdrop-blur-sm sm:px-6 lg:px-8">
        <MobileNav nav={nav} />
        <Link href="/" className="mr-1 rounded-md lg:hidden" aria-label="Portolan, home">
          <CompassRose className="size-7" />
        </Link>
        <CatalogueSearch />
        <div className="ml-auto flex items-center gap-2">
          {user && <Palette nav={nav} person={user.email} />}
          {user && <Bell unread={unread} />}
          <ThemeToggle />
          {user ? (
            <UserMenu user={user} />
          ) : (
            <ButtonLink href={signInHref} variant="primary" size="sm">
              Sign in
            </ButtonLink>
          )}
        </div>
      </header>
      {banner && <div className="px-4 pt-4 sm:px-6 lg:px-8">{banner}</div>}
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8"
      >
        {children}
      </main>
    </div>
  );
}
