import { BookA } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { SearchInput } from '@/components/ui/search-input';
import { EmptyState } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import type { TermFilter, TermPage, TermPlaces, TermRow } from '@/lib/glossary';
import { TermDialog } from './term-dialog';
import { termHref } from './term-href';

const PATH = '/glossary';
const STATES = { approved: 'Approved', draft: 'Drafts' };

interface GlossaryViewProps {
  page: TermPage;
  filter: TermFilter;
  query: Query;
  places: TermPlaces;
}

/** The words of the business from A to Z. */
export function GlossaryView({ page, filter, query, places }: GlossaryViewProps) {
  const mayWrite = places.isMeshWide || places.domains.length > 0;
  const hrefOf = (status: string | null) => hrefWith(PATH, query, { status, letter: null });
  const isNarrowed = Boolean(filter.q || filter.letter || filter.status);
  return (
    <>
      <PageHeader
        title="Glossary"
        description="What the words of the business mean, and which products hold it."
        actions={mayWrite && <TermDialog places={places} />}
      />
      <Form action={PATH} role="search" className="mb-4 flex max-w-2xl gap-2">
        {filter.status && <input type="hidden" name="status" value={filter.status} />}
        <SearchInput
          name="q"
          label="Search terms, synonyms and definitions"
          defaultValue={filter.q}
          slashFocus
          className="min-w-0 flex-1"
        />
        <Button type="submit">Search</Button>
      </Form>
      <Tabs
        label="State of the terms"
        className="mb-4"
        current={hrefOf(filter.status ?? null)}
        items={[
          { href: hrefOf(null), label: 'All' },
          ...Object.entries(STATES).map(([key, label]) => ({ href: hrefOf(key), label })),
        ]}
      />
      <Letters letters={page.letters} current={filter.letter} query={query} />
      <Card flush>
        {page.items.length === 0 ? (
          <NoTerms isNarrowed={isNarrowed} mayWrite={mayWrite} />
        ) : (
          <ul aria-label="Terms" className="divide-y">
            {page.items.map((term) => (
              <Term key={term.slug} term={term} />
            ))}
          </ul>
        )}
      </Card>
      <div className="mt-4">
        <Pagination
          label="Pages of terms"
          firstHref={filter.after ? hrefWith(PATH, query, { after: null }) : null}
          nextHref={page.nextPage && hrefWith(PATH, query, { after: page.nextPage })}
        />
      </div>
    </>
  );
}

function NoTerms({ isNarrowed, mayWrite }: { isNarrowed: boolean; mayWrite: boolean }) {
  return (
    <EmptyState
      icon={<BookA />}
      title={isNarrowed ? 'No term matches' : 'The glossary is empty'}
      description={
        mayWrite
          ? `${isNarrowed ? 'Is it missing? Write it' : 'Write the first one'} with “New term”: what it means, and what else it is called.`
          : 'Stewards and data producers write terms.'
      }
      actions={
        isNarrowed && (
          <Link className="link" href={PATH}>
            Show all terms
          </Link>
        )
      }
    />
  );
}

interface LettersProps {
  letters: TermPage['letters'];
  current: string | undefined;
  query: Query;
}

/** A to Z: letters that no term has are told, and lead nowhere. */
function Letters({ letters, current, query }: LettersProps) {
  const shape = 'inline-flex size-8 items-center justify-center rounded-sm text-sm';
  return (
    <nav aria-label="Terms by letter" className="mb-4">
      <ul className="flex flex-wrap gap-1">
        {[...'abcdefghijklmnopqrstuvwxyz#'].map((letter) => (
          <li key={letter}>
            {letters[letter] ? (
              <Link
                href={hrefWith(PATH, query, { letter: letter === current ? null : letter })}
                aria-current={letter === current ? 'true' : undefined}
                title={`${letters[letter]} ${letters[letter] === 1 ? 'term' : 'terms'}`}
                className={cn(
                  shape,
                  'font-semibold text-accent-ink',
                  letter === current ? 'bg-accent-soft' : 'hover:bg-hover',
                )}
              >
                {letter.toUpperCase()}
              </Link>
            ) : (
              <span className={cn(shape, 'text-subtle')}>{letter.toUpperCase()}</span>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Term({ term }: { term: TermRow }) {
  const { slug, name, definition, synonyms, status, domainTitle, products } = term;
  return (
    <li className="flex flex-col gap-1 px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 text-lg font-semibold tracking-tight break-words">
          <Link href={termHref(slug)} className="hover:text-accent-ink">
            {name}
          </Link>
        </h2>
        <TermStatus status={status} />
        <Badge title="Where it means this">{domainTitle ?? 'Whole mesh'}</Badge>
        <span className="text-sm text-muted">
          {products === 1 ? '1 product' : `${products} products`}
        </span>
      </div>
      <p className="max-w-3xl text-base break-words text-muted" dir="auto">
        {definition}
      </p>
      {synonyms.length > 0 && (
        <p className="text-sm break-words text-subtle">Also called {synonyms.join(', ')}</p>
      )}
    </li>
  );
}

export function TermStatus({ status }: { status: string }) {
  return status === 'approved' ? (
    <StatusBadge tone="ok">Approved</StatusBadge>
  ) : (
    <StatusBadge tone="neutral">Draft</StatusBadge>
  );
}
