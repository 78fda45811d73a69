import { Check } from 'lucide-react';
import Link from 'next/link';
import { cn } from './cn';

interface FacetOption {
  label: string;
  /** The link that adds or takes away this choice (`hrefToggling`). */
  href: string;
  count?: number | string;
  isSelected: boolean;
}

interface FacetsProps {
  label: string;
  groups: { title: string; options: FacetOption[] }[];
  /** Shown when something is chosen. */
  clearHref?: string;
}

/** So many options of a group stand open; the rest is folded away, chosen ones aside. */
const OPEN = 8;

/** Filters as links: the URL holds the choice. Groups without options are left out. */
export function Facets({ label, groups, clearHref }: FacetsProps) {
  const shown = groups.filter((group) => group.options.length > 0);
  const hasChoice = shown.some((group) => group.options.some((option) => option.isSelected));
  return (
    <nav aria-label={label} className="flex flex-col gap-5">
      {hasChoice && clearHref && (
        <Link href={clearHref} scroll={false} className="link w-fit text-sm">
          Clear filters
        </Link>
      )}
      {shown.map((group) => (
        <div key={group.title}>
          <p className="mb-1 text-sm font-medium">{group.title}</p>
          <Options options={group.options} />
        </div>
      ))}
    </nav>
  );
}

function Options({ options }: { options: FacetOption[] }) {
  const open = options.filter((option, at) => at < OPEN || option.isSelected);
  const folded = options.filter((option) => !open.includes(option));
  const list = (some: FacetOption[]) => (
    <ul>
      {some.map((option) => (
        <Facet key={option.href} option={option} />
      ))}
    </ul>
  );
  return (
    <>
      {list(open)}
      {folded.length > 0 && (
        <details>
          <summary className="link w-fit cursor-pointer px-1.5 py-1 text-sm">
            {folded.length} more
          </summary>
          {list(folded)}
        </details>
      )}
    </>
  );
}

function Facet({ option }: { option: FacetOption }) {
  return (
    <li>
      <Link
        href={option.href}
        scroll={false}
        aria-current={option.isSelected ? 'true' : undefined}
        className="flex items-center gap-2 rounded-md px-1.5 py-1 text-base text-muted -outline-offset-1 hover:bg-hover hover:text-ink aria-[current]:text-ink"
      >
        <span
          className={cn(
            'inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong',
            option.isSelected && 'border-accent bg-accent text-on-accent',
          )}
          aria-hidden
        >
          {option.isSelected && <Check className="size-3" strokeWidth={3} />}
        </span>
        <span className="min-w-0 flex-1 truncate">{option.label}</span>
        {option.isSelected && <span className="sr-only">(chosen)</span>}
        {option.count !== undefined && (
          <span className="tabular text-sm text-subtle">{option.count}</span>
        )}
      </Link>
    </li>
  );
}
