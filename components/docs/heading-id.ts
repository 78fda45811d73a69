import { isValidElement, type ReactNode } from 'react';

/** The text inside rendered Markdown. */
export function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}

/** `1. The product` → `1-the-product`: a heading's anchor. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The second-level headings of a Markdown text, outside of code. */
export function headingsOf(text: string): string[] {
  const plain = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...plain.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title.replaceAll('`', ''));
}
