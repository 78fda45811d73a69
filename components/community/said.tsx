import { cn } from '@/components/ui/cn';

/**
 * What somebody typed, as plain text: no mark-up, no links, its own direction, broken wherever it is too long, and
 * without any effect on the words around it.
 */
export function SaidText({ text, className }: { text: string; className?: string }) {
  return (
    <p
      dir="auto"
      className={cn(
        'max-w-prose wrap-anywhere whitespace-pre-line [unicode-bidi:isolate]',
        className,
      )}
    >
      {text}
    </p>
  );
}

/** A name that a person chose. */
export const SaidName = ({ name }: { name: string }) => (
  <bdi className="font-medium wrap-anywhere">{name}</bdi>
);
