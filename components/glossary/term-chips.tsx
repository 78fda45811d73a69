import { BookA } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import type { LinkedTerm } from '@/lib/glossary';
import { termHref } from './term-href';

/** Terms as links, each with what it means as its tip. */
export function TermChips({ terms }: { terms: LinkedTerm[] }) {
  if (terms.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-1">
      {terms.map(({ slug, name, definition }) => (
        <Link key={slug} href={termHref(slug)} className="max-w-full">
          <Badge icon={<BookA aria-hidden />} title={definition}>
            {name}
          </Badge>
        </Link>
      ))}
    </span>
  );
}
