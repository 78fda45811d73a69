'use client';

import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { cn } from './cn';
import { CopyButton } from './copy-button';

interface CodeSample {
  /** “curl”, “Python”, “YAML”: the tab's text. */
  label: string;
  code: string;
}

interface CodeBlockProps {
  samples: CodeSample | CodeSample[];
  maxHeight?: string;
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean;
  className?: string;
}

export function CodeBlock({ samples, maxHeight, wrap, className }: CodeBlockProps) {
  const list = Array.isArray(samples) ? samples : [samples];
  const [shown, setShown] = useState(list[0]?.label ?? '');
  const current = list.find((sample) => sample.label === shown) ?? list[0];
  if (!current) return null;
  return (
    <Tabs.Root
      value={current.label}
      onValueChange={setShown}
      className={cn('min-w-0 overflow-clip rounded-lg border bg-sunken', className)}
    >
      <div className="flex items-center justify-between gap-2 border-b pr-1.5 pl-1">
        <SampleTabs list={list} />
        <CopyButton text={current.code} label={`Copy ${current.label}`} />
      </div>
      {list.map((sample) => (
        <Tabs.Content
          key={sample.label}
          value={sample.label}
          tabIndex={-1}
          className="outline-none"
        >
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrows
            tabIndex={0}
            style={{ maxHeight }}
            className={cn(
              'overflow-auto px-4 py-3 font-mono text-xs leading-5 -outline-offset-2',
              wrap && 'break-words whitespace-pre-wrap',
            )}
          >
            <code>{sample.code}</code>
          </pre>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

function SampleTabs({ list }: { list: CodeSample[] }) {
  if (list.length === 1) {
    return <span className="px-3 py-2 text-sm text-muted">{list[0]?.label}</span>;
  }
  return (
    <Tabs.List aria-label="Language" className="flex overflow-x-auto">
      {list.map((sample) => (
        <Tabs.Trigger
          key={sample.label}
          value={sample.label}
          className="-mb-px border-b-2 border-transparent px-3 py-2 text-sm font-medium text-muted -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
        >
          {sample.label}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  );
}
