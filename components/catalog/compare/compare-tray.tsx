'use client';

import { X } from 'lucide-react';
import { Button, ButtonLink } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { compareHref } from './compare-href';
import { useChosen } from './use-chosen';

/** What was chosen so far, at the foot of the window; nothing until something is. */
export function CompareTray() {
  const { chosen, toggle, clear } = useChosen();
  if (chosen.length === 0) return null;
  return (
    <section
      aria-label="Products to compare"
      className="sticky bottom-3 z-10 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-raised px-4 py-2.5 shadow-lg"
    >
      <p role="status" className="tabular font-medium whitespace-nowrap">
        {chosen.length} chosen
      </p>
      <ul className="hidden min-w-0 flex-1 flex-wrap gap-x-3 gap-y-1 text-sm text-muted sm:flex">
        {chosen.map((one) => (
          <li key={one.address} className="inline-flex min-w-0 items-center gap-0.5">
            <span className="max-w-48 truncate" title={one.address}>
              {one.title}
            </span>
            <IconButton
              label={`Take out ${one.title}`}
              icon={<X />}
              size="sm"
              onClick={() => toggle(one)}
            />
          </li>
        ))}
      </ul>
      <div className="ml-auto flex gap-2">
        <Button size="sm" variant="ghost" onClick={clear}>
          Clear
        </Button>
        {chosen.length < 2 ? (
          <span className="self-center text-sm text-muted">Choose one more</span>
        ) : (
          <ButtonLink
            size="sm"
            variant="primary"
            href={compareHref(chosen.map(({ address }) => address))}
          >
            Compare
          </ButtonLink>
        )}
      </div>
    </section>
  );
}
