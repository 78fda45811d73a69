import { ArrowLeft, ArrowRight, List } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import type { GuidePage, GuideSection } from '@/lib/adoption';
import { GuideMarkdown } from './guide-markdown';
import { GuideNav } from './guide-nav';
import { headingId, headingsOf } from './heading-id';

interface GuidePageViewProps {
  sections: readonly GuideSection[];
  page: GuidePage & { text: string; previous: GuidePage | null; next: GuidePage | null };
}

export function GuidePageView({ sections, page }: GuidePageViewProps) {
  const { slug, title, about, text } = page;
  return (
    <>
      <PageHeader
        title={title}
        description={about}
        crumbs={[{ label: 'Docs', href: '/docs' }, { label: title }]}
      />
      <div className="grid gap-6 lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-10">
        <div>
          <details className="rounded-lg border bg-surface p-3 lg:hidden">
            <summary className="flex cursor-pointer items-center gap-2 font-medium">
              <List className="size-4" aria-hidden /> All pages
            </summary>
            <div className="mt-3">
              <GuideNav sections={sections} current={slug} label="Documentation (narrow screen)" />
            </div>
          </details>
          <div className="sticky top-20 hidden lg:block">
            <GuideNav sections={sections} current={slug} label="Documentation" />
          </div>
        </div>
        <article className="min-w-0">
          <Contents text={text} />
          <GuideMarkdown text={text} />
          <Neighbours previous={page.previous} next={page.next} />
        </article>
      </div>
    </>
  );
}

/** Long pages begin with their headings. */
function Contents({ text }: { text: string }) {
  const headings = headingsOf(text);
  if (headings.length < 4) return null;
  return (
    <nav
      aria-label="On this page"
      className="mb-6 flex max-w-3xl flex-wrap gap-x-4 gap-y-1 rounded-lg bg-sunken px-4 py-3 text-base"
    >
      {headings.map((heading) => (
        <a key={heading} href={`#${headingId(heading)}`} className="link">
          {heading}
        </a>
      ))}
    </nav>
  );
}

function Neighbours({ previous, next }: Pick<GuidePageViewProps['page'], 'previous' | 'next'>) {
  return (
    <nav
      aria-label="Before and after"
      className="mt-12 grid max-w-3xl gap-3 border-t pt-6 sm:grid-cols-2"
    >
      {previous && (
        <Neighbour page={previous} label="Before" icon={<ArrowLeft className="size-4" />} />
      )}
      {next && (
        <Neighbour
          page={next}
          label="Next"
          icon={<ArrowRight className="size-4" />}
          className="sm:col-start-2 sm:text-right"
        />
      )}
    </nav>
  );
}

interface NeighbourProps {
  page: GuidePage;
  label: string;
  icon: ReactNode;
  className?: string;
}

function Neighbour({ page, label, icon, className = '' }: NeighbourProps) {
  return (
    <Link
      href={`/docs/${page.slug}`}
      className={`rounded-lg border bg-surface px-4 py-3 hover:border-line-strong ${className}`}
    >
      <span className="inline-flex items-center gap-1 text-sm text-muted">
        <span aria-hidden>{icon}</span> {label}
      </span>
      <span className="block font-medium">{page.title}</span>
    </Link>
  );
}
