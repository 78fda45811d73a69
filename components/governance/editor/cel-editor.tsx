'use client';

import { autocompletion, type CompletionContext } from '@codemirror/autocomplete';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';
import type { CatalogueFact } from '@/lib/governance';
import { EDITOR_LOOK } from './editor-look';

interface CelEditorProps {
  value: string;
  onChange: (text: string) => void;
  facts: CatalogueFact[];
}

const FUNCTIONS = [
  'has(',
  'size(',
  'exists(',
  'all(',
  'matches(',
  'startsWith(',
  'endsWith(',
  'contains(',
];

/** Offers the facts by name; after `columns.all(c, c.` the members of a column. */
export function celOptions(before: string, facts: readonly CatalogueFact[]): string[] {
  const member = /([A-Za-z_]\w*)\.\w*$/.exec(before)?.[1];
  if (!member) {
    return [
      ...facts.filter((fact) => !/[.[]/.test(fact.name)).map((fact) => fact.name),
      ...FUNCTIONS,
    ];
  }
  const own = facts.filter((fact) => fact.name.startsWith(`${member}.`));
  if (own.length > 0) return own.map((fact) => fact.name.slice(member.length + 1));
  const list = new RegExp(
    `([a-z]+)\\.(?:all|exists|exists_one|filter|map)\\(\\s*${member}\\s*,`,
  ).exec(before)?.[1];
  return facts
    .filter((fact) => fact.name.startsWith(`${list}[].`))
    .map((fact) => fact.name.slice(`${list}[].`.length));
}

/** One expression; Tab leaves it. */
export default function CelEditor({ value, onChange, facts }: CelEditorProps) {
  const extensions = useMemo(
    () => [
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'CEL expression' }),
      autocompletion({
        override: [
          (context: CompletionContext) => {
            const word = context.matchBefore(/\w*/);
            const text = context.state.sliceDoc(0, context.pos);
            if (!word || (word.from === word.to && !context.explicit && !text.endsWith('.')))
              return null;
            const options = celOptions(text, facts).map((label) => ({ label }));
            return options.length > 0 ? { from: word.from, options } : null;
          },
        ],
      }),
      EDITOR_LOOK,
    ],
    [facts],
  );
  return (
    <div className="overflow-hidden rounded-md border border-line-strong">
      <CodeMirror
        value={value}
        onChange={onChange}
        extensions={extensions}
        theme="none"
        minHeight="72px"
        indentWithTab={false}
        basicSetup={{ lineNumbers: false, foldGutter: false, autocompletion: false }}
      />
    </div>
  );
}
