import type { CatalogEntry, Match, MatchField } from '@/lib/catalog';
import { Marked } from './marked';

const FIELDS: Record<MatchField, string> = {
  title: 'Title',
  name: 'Name',
  tag: 'Tag',
  term: 'Glossary term',
  column: 'Column',
  description: 'Description',
  documentation: 'Documentation',
  domain: 'Domain',
  owner: 'Owner',
};

/** The match in a field that is shown anyway, as it stands there; else the plain text. */
export function WithMatch({
  entry,
  field,
}: {
  entry: CatalogEntry;
  field: 'title' | 'description';
}) {
  const match = entry.matches.find((one) => one.field === field && isWhole(one, entry[field]));
  return match ? <Marked parts={match.parts} /> : entry[field];
}

const isWhole = ({ parts }: Match, text: string) =>
  parts.map((part) => part.text).join('') === text;

/** Why a product was found, where its title does not say so. */
export function Why({ entry }: { entry: CatalogEntry }) {
  const told = entry.matches.filter(({ field }) => field !== 'title');
  if (told.length === 0) return null;
  return (
    <dl aria-label="Why this matched" className="flex flex-col gap-0.5 text-sm">
      {told.map(({ field, parts }) => (
        <div key={`${field} ${parts.map((part) => part.text).join('')}`} className="flex gap-2">
          <dt className="shrink-0 text-subtle">{FIELDS[field]}</dt>
          <dd className="min-w-0 break-words text-muted">
            <Marked parts={parts} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
