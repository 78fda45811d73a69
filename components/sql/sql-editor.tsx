'use client';

import { closeCompletion } from '@codemirror/autocomplete';
import { PostgreSQL, type SQLNamespace, sql } from '@codemirror/lang-sql';
import { linter } from '@codemirror/lint';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef } from 'react';
import { EDITOR_LOOK } from '@/components/governance/editor/editor-look';

export interface SqlEditorProps {
  value: string;
  onChange: (sql: string) => void;
  onRun: () => void;
  /** Offered while typing: schemas, their tables, the tables' columns. */
  schema?: SQLNamespace;
  /** Where the statement is wrong; lines and columns count from 1. */
  problem?: { line: number; column: number; message: string } | null;
  /** Hands the editor out, for what is put in from beside it. */
  onReady?: (view: EditorView) => void;
}

/** Underlines the word at the place. */
const problemMarks = (problem: SqlEditorProps['problem']) =>
  linter(
    ({ state }) => {
      if (!problem || problem.line > state.doc.lines) return [];
      const line = state.doc.line(problem.line);
      const from = Math.min(line.from + problem.column - 1, line.to);
      const to = state.wordAt(from)?.to ?? Math.min(from + 1, line.to);
      return [{ from, to, severity: 'error', message: problem.message }];
    },
    { delay: 0 },
  );

/** Tab leaves the editor (no trap); Ctrl-Enter runs the statement. */
export default function SqlEditor(props: SqlEditorProps) {
  const { value, onChange, onRun, schema, problem, onReady } = props;
  const extensions = useMemo(
    () => [
      sql({ dialect: PostgreSQL, ...(schema && { schema }) }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'SQL statement' }),
      problemMarks(problem),
      EDITOR_LOOK,
    ],
    [schema, problem],
  );
  const view = useRef<EditorView>(null);
  // A touch beside the editor leaves the focus in it, and with the focus the list of names open.
  useEffect(() => {
    const close = ({ target }: PointerEvent) => {
      if (view.current && !view.current.dom.contains(target as Node)) closeCompletion(view.current);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  return (
    <div
      className="overflow-hidden rounded-md border border-line-strong"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        if (view.current) closeCompletion(view.current);
        onRun();
      }}
    >
      <CodeMirror
        value={value}
        onChange={onChange}
        onCreateEditor={(made) => {
          view.current = made;
          onReady?.(made);
        }}
        extensions={extensions}
        theme="none"
        minHeight="160px"
        maxHeight="480px"
        indentWithTab={false}
        basicSetup={{
          ...{ foldGutter: false, highlightSelectionMatches: false },
          autocompletion: schema !== undefined,
        }}
      />
    </div>
  );
}
