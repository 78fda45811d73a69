import type { GrantTerms, Treatment } from '@/lib/specs';

const MASK_WORDS = {
  plain: 'as it is',
  hash: 'as a digest',
  partial: 'first letter only',
  null: 'emptied',
  generalise: 'rounded',
} as const;

const wordsOf = ({ as, step }: Treatment) =>
  as === 'generalise' && step ? `${MASK_WORDS[as]} to ${step}` : MASK_WORDS[as];

/** What a grant opens, in words. */
export function TermsText({ terms }: { terms: GrantTerms | null }) {
  if (!terms) return <>All columns and rows</>;
  const columns = Object.entries(terms.columns ?? {});
  const plain = columns.filter(([, one]) => one.as === 'plain').map(([name]) => name);
  const masked = columns.filter(([, one]) => one.as !== 'plain');
  return (
    <ul className="grid gap-0.5">
      {terms.columns === null && <li>All columns</li>}
      {plain.length > 0 && (
        <li>
          Columns <span className="font-mono break-words">{plain.join(', ')}</span>
        </li>
      )}
      {masked.map(([name, one]) => (
        <li key={name}>
          <span className="font-mono break-words">{name}</span> {wordsOf(one)}
        </li>
      ))}
      {terms.filter.map((one) => (
        <li key={JSON.stringify(one)}>
          Rows where{' '}
          <span className="font-mono break-words">
            {one.column} {one.operator} {one.values.join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
