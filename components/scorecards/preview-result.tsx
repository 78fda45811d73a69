import Link from 'next/link';
import { Callout } from '@/components/ui/callout';
import type { CheckPreview } from '@/lib/insight';

/** What an expression says of real products. */
export function PreviewResult({ preview }: { preview: CheckPreview }) {
  const { problems, products, passing, failing, unknown } = preview;
  if (problems.length > 0) {
    return problems.map((problem) => (
      <Callout key={problem} tone="error">
        {problem}.
      </Callout>
    ));
  }
  return (
    <>
      <Callout tone={failing.count + unknown.count > 0 ? 'warn' : 'ok'}>
        {passing} of {products} products pass, {failing.count} fail, {unknown.count} could not be
        computed.
      </Callout>
      <Named title="Fails" items={failing.listed} count={failing.count} />
      <Named title="Could not be computed" items={unknown.listed} count={unknown.count} />
    </>
  );
}

interface NamedProps {
  title: string;
  items: { address: string; title: string; why?: string }[];
  count: number;
}

function Named({ title, items, count }: NamedProps) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className="text-sm font-medium">
        {title}
        {count > items.length && `, the first ${items.length} of ${count}`}
      </p>
      <ul className="flex list-disc flex-col gap-1 pl-6 text-sm">
        {items.map((one) => (
          <li key={one.address}>
            <Link href={`/products/${one.address}/scorecard`} className="link">
              {one.address}
            </Link>{' '}
            <span className="text-muted">{one.why ?? one.title}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
