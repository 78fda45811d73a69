import { Button } from '@/components/ui/button';
import type { DomainLook } from './model';

const MOST = 30;

/** Which stripe is which domain; in the picture of the mesh each is a way to see that domain alone. */
export function Legend({
  looks,
  onChoose,
}: {
  looks: readonly DomainLook[];
  onChoose?: ((domain: string) => void) | undefined;
}) {
  return (
    <ul aria-label="Domains" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {looks.slice(0, MOST).map((look) => (
        <li key={look.name} className="flex items-center gap-2">
          <span
            aria-hidden
            className="h-4 w-0"
            style={{ borderLeft: `5px ${look.stripe} var(--chart-${look.colour})` }}
          />
          {onChoose ? (
            <Button variant="ghost" size="sm" onClick={() => onChoose(look.name)}>
              {look.title}
            </Button>
          ) : (
            <span>{look.title}</span>
          )}
          <span className="tabular text-subtle">{look.count.toLocaleString('en')}</span>
        </li>
      ))}
      {looks.length > MOST && <li className="text-muted">and {looks.length - MOST} more</li>}
    </ul>
  );
}
