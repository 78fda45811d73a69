'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { IconButton } from './icon-button';

interface CopyButtonProps {
  text: string;
  /** What is copied: “Copy token”. */
  label?: string;
  /** With a word beside the icon. */
  showLabel?: boolean;
  className?: string;
}

/** The clipboard needs https or localhost; elsewhere a selected text field does the same work. */
async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

export function CopyButton({ text, label = 'Copy', showLabel, className }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await writeClipboard(text);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 1600);
  }
  const icon = isCopied ? <Check className="text-ok" /> : <Copy />;
  return (
    <>
      {showLabel ? (
        <Button size="sm" icon={icon} onClick={copy} className={className}>
          {isCopied ? 'Copied' : label}
        </Button>
      ) : (
        <IconButton size="sm" label={label} icon={icon} onClick={copy} className={className} />
      )}
      <span className="sr-only" aria-live="polite">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  );
}
