import type { Match } from '@/lib/catalog';

/** A text with what was searched for marked in it. */
export function Marked({ parts }: { parts: Match['parts'] }) {
  let at = 0;
  return parts.map(({ text, isMarked }) => {
    at += text.length;
    return isMarked ? (
      <mark key={at} className="rounded-sm bg-accent-soft text-accent-ink">
        {text}
      </mark>
    ) : (
      <span key={at}>{text}</span>
    );
  });
}
