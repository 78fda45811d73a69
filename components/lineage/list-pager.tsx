import { Button } from '@/components/ui/button';

interface ListPagerProps {
  /** Place of the first row that is shown. */
  first: number;
  /** Rows of a page. */
  page: number;
  total: number;
  go: (step: 1 | -1) => void;
}

/** Pages of a list that is here as a whole; nothing when one page holds it. */
export function ListPager({ first, page, total, go }: ListPagerProps) {
  if (total <= page) return null;
  return (
    <nav aria-label="Pages of the list" className="flex items-center gap-3 px-5 py-3 text-sm">
      <Button size="sm" disabled={first === 0} onClick={() => go(-1)}>
        Previous
      </Button>
      <span className="tabular text-muted">
        {first + 1}–{Math.min(first + page, total)} of {total.toLocaleString('en')}
      </span>
      <Button size="sm" disabled={first + page >= total} onClick={() => go(1)}>
        Next
      </Button>
    </nav>
  );
}
