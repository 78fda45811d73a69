'use client';

import { PostgreSQL, sql } from '@codemirror/lang-sql';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';

interface SqlEditorProps {
  value: string;
  onChange: (sql: string) => void;
  /** Names of tables with their columns, for completion. */
  tables: Record<string, string[]>;
  onRun: () => void;
}

const LOOK = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '13px' },
  '.cm-content': { fontFamily: 'var(--font-mono)', caretColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--subtle)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--ring)', outlineOffset: '1px' },
});

/** Tab leaves the editor (no trap); Ctrl-Enter runs the preview. */
export default function SqlEditor({ value, onChange, tables, onRun }: SqlEditorProps) {
  const extensions = useMemo(
    () => [
      sql({ dialect: PostgreSQL, schema: tables, upperCaseKeywords: false }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'SQL statement' }),
      LOOK,
    ],
    [tables],
  );
  return (
    <div
      className="overflow-hidden rounded-md border border-line-strong"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        onRun();
      }}
    >
      <CodeMirror
        value={value}
        onChange={onChange}
        extensions={extensions}
        theme="none"
        minHeight="160px"
        maxHeight="480px"
        indentWithTab={false}
        basicSetup={{ foldGutter: false, highlightSelectionMatches: false }}
      />
    </div>
  );
}
