import type { ColumnProfile } from '@/lib/products/upload-view';

const short = (text: string) => (text.length > 24 ? `${text.slice(0, 23)}…` : text);

function share(count: number, total: number): string {
  const percent = total > 0 ? (100 * count) / total : 0;
  if (percent === 0) return 'none';
  return percent < 0.1 ? 'under 0.1%' : `${percent.toFixed(percent < 10 ? 1 : 0)}%`;
}

/** What the file holds in a column: empty values, different values, range, a few samples, personal data. */
export function ColumnFacts({ profile, rowCount }: { profile: ColumnProfile; rowCount: number }) {
  const { nullCount, distinctCount, min, max, samples, pii } = profile;
  return (
    <dl className="flex min-w-0 flex-wrap gap-x-4 gap-y-1 text-sm text-subtle">
      <Fact name="Empty">{share(nullCount, rowCount)}</Fact>
      {distinctCount !== null && <Fact name="Different">{distinctCount.toLocaleString('en')}</Fact>}
      {min !== null && max !== null && (
        <Fact name="Range">
          {short(min)} – {short(max)}
        </Fact>
      )}
      {pii && <Fact name="Seems personal">{pii}</Fact>}
      {samples.length > 0 && (
        <Fact name="Such as">{samples.slice(0, 3).map(short).join(' · ')}</Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt>{name}</dt>
      <dd className="min-w-0 break-words text-muted">{children}</dd>
    </div>
  );
}
