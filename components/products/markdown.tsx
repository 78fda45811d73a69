import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** Headings begin below the page's own; pictures would be loaded from other hosts, so they become links. */
const components: Components = {
  h1: ({ children }) => <h3 className="mt-6 mb-2 text-xl font-semibold">{children}</h3>,
  h2: ({ children }) => <h3 className="mt-6 mb-2 text-lg font-semibold">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-4 mb-1 font-semibold">{children}</h4>,
  h4: ({ children }) => <h5 className="mt-4 mb-1 font-medium">{children}</h5>,
  p: ({ children }) => <p className="my-3 leading-6">{children}</p>,
  ul: ({ children }) => <ul className="my-3 list-disc pl-6">{children}</ul>,
  ol: ({ children }) => <ol className="my-3 list-decimal pl-6">{children}</ol>,
  li: ({ children }) => <li className="my-1">{children}</li>,
  a: ({ href, children }) => (
    <a href={href} className="link" rel="noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) =>
    typeof src === 'string' && src ? (
      <a href={src} className="link" rel="noreferrer nofollow">
        {alt || 'picture'}
      </a>
    ) : null,
  blockquote: ({ children }) => (
    <blockquote className="my-3 border-l-2 border-line-strong pl-4 text-muted">
      {children}
    </blockquote>
  ),
  pre: ({ children }) => (
    <pre className="my-3 overflow-x-auto rounded-lg border bg-sunken px-4 py-3 text-xs leading-5">
      {children}
    </pre>
  ),
  code: ({ children }) => <code className="rounded-sm bg-sunken px-1 font-mono">{children}</code>,
  table: ({ children }) => (
    <div className="my-3 overflow-x-auto">
      <table className="text-sm [&_td]:border [&_td]:px-3 [&_td]:py-1.5 [&_th]:border [&_th]:bg-sunken [&_th]:px-3 [&_th]:py-1.5 [&_th]:text-left">
        {children}
      </table>
    </div>
  ),
  hr: () => <hr className="my-6 border-line" />,
};

/** Text that people wrote: HTML in it is shown as text, `javascript:` links lose their target. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="max-w-prose text-base break-words [&>:first-child]:mt-0">
      <Markdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </Markdown>
    </div>
  );
}
