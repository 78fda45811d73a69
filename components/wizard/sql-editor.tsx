'use client';

import { PostgreSQL, sql } from '@codemirror/lang-sql';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';

interface SqlEditorProps {
  value: string;
  onChange: (sql: string) => void;
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

const EXTENSIONS = [
  sql({ dialect: PostgreSQL }),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': 'SQL statement' }),
  LOOK,
];

/** Tab leaves the editor (no trap); Ctrl-Enter runs the preview. */
export default function SqlEditor({ value, onChange, onRun }: SqlEditorProps) {
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
        extensions={EXTENSIONS}
        theme="none"
        minHeight="160px"
        maxHeight="480px"
        indentWithTab={false}
        basicSetup={{ foldGutter: false, highlightSelectionMatches: false, autocompletion: false }}
      />
    </div>
  );
}
