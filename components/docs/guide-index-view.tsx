import Link from 'next/link';
import { PageHeader } from '@/components/ui/page-header';
import type { GuideSection } from '@/lib/adoption';

export function GuideIndexView({ sections }: { sections: readonly GuideSection[] }) {
  return (
    <>
      <PageHeader
        title="Docs"
        description="How to find, read, publish and look after data here. Every page is short."
      />
      <div className="flex flex-col gap-8">
        {sections.map((section) => (
          <section key={section.title}>
            <h2 className="mb-3 text-lg font-semibold tracking-tight">{section.title}</h2>
            <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
              {section.pages.map((page) => (
                <li
                  key={page.slug}
                  className="relative rounded-lg border bg-surface p-4 transition-colors focus-within:border-line-strong hover:border-line-strong"
                >
                  <h3 className="font-semibold">
                    <Link
                      href={`/docs/${page.slug}`}
                      className="after:absolute after:inset-0 after:rounded-lg hover:text-accent-ink"
                    >
                      {page.title}
                    </Link>
                  </h3>
                  <p className="mt-0.5 text-base text-muted">{page.about}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="mt-8 text-base text-muted">
        The whole HTTP API is described for machines at{' '}
        <a href="/api/v1/openapi.json" className="link">
          /api/v1/openapi.json
        </a>
        .
      </p>
    </>
  );
}
