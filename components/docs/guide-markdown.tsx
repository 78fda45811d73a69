import Link from 'next/link';
import { isValidElement, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from '@/components/ui/code-block';
import { headingId, textOf } from './heading-id';

const LANGUAGES: Record<string, string> = { sh: 'Shell', text: 'Text', yaml: 'YAML', sql: 'SQL' };

const components: Components = {
  h2: ({ children }) => (
    <h2
      id={headingId(textOf(children))}
      className="mt-10 mb-3 scroll-mt-20 border-b pb-2 text-xl font-semibold tracking-tight first:mt-0"
    >
      {children}
    </h2>
  ),
  h3: ({ children }) => (
    <h3
      id={headingId(textOf(children))}
      className="mt-6 mb-2 scroll-mt-20 text-lg font-semibold tracking-tight"
    >
      {children}
    </h3>
  ),
  p: ({ children }) => <p className="my-3">{children}</p>,
  ul: ({ children }) => <ul className="my-3 list-disc space-y-1.5 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="my-3 list-decimal space-y-1.5 pl-5">{children}</ol>,
  a: ({ href = '', children }) => <GuideLink href={href}>{children}</GuideLink>,
  pre: ({ children }) => <Sample>{children}</Sample>,
  code: ({ children }) => (
    <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.9em] break-words">
      {children}
    </code>
  ),
  table: ({ children }) => (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling box needs a name and the keyboard, no legend
    <div
      role="group"
      aria-label="Table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrows
      tabIndex={0}
      className="my-4 overflow-x-auto rounded-lg border bg-surface -outline-offset-2"
    >
      <table className="w-full text-base [&_td]:min-w-28 [&_td]:border-t [&_td]:px-4 [&_td]:py-2 [&_td]:align-top [&_th]:px-4 [&_th]:py-2 [&_th]:text-left [&_th]:text-sm [&_th]:font-medium [&_th]:text-muted">
        {children}
      </table>
    </div>
  ),
};

/** A page of the portal's own guide; unlike people's texts it may hold headings and code of full size. */
export function GuideMarkdown({ text }: { text: string }) {
  return (
    <div className="max-w-3xl min-w-0 text-lg leading-7 break-words [&>:first-child]:mt-0">
      <Markdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </Markdown>
    </div>
  );
}

function GuideLink({ href, children }: { href: string; children: ReactNode }) {
  const isPage = href.startsWith('/') && !href.startsWith('/api/');
  if (isPage) {
    return (
      <Link href={href} className="link">
        {children}
      </Link>
    );
  }
  return (
    <a href={href} className="link">
      {children}
    </a>
  );
}

function Sample({ children }: { children: ReactNode }) {
  const language = isValidElement<{ className?: string }>(children)
    ? children.props.className?.replace('language-', '')
    : undefined;
  const code = textOf(children).replace(/\n$/, '');
  return (
    <CodeBlock
      className="my-4"
      samples={{ label: LANGUAGES[language ?? ''] ?? language ?? 'Text', code }}
    />
  );
}
