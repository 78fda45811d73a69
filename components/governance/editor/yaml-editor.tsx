'use client';

import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { EDITOR_LOOK } from './editor-look';
import { type JsonSchema, suggestionsAt } from './suggest';

interface EditorIssue {
  line: number;
  column: number;
  message: string;
  severity: 'error' | 'warning';
}
interface YamlEditorProps {
  value: string;
  onChange: (yaml: string) => void;
  issues: readonly EditorIssue[];
  schema: JsonSchema;
  isReadOnly: boolean;
  label?: string;
}

function complete(schema: JsonSchema) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\w-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const before = context.state.sliceDoc(0, context.pos);
    const options = suggestionsAt(before, schema);
    return options.length > 0 ? { from: word.from, options } : null;
  };
}

/** The document as text: completion from the schema, what is wrong beside its line. Tab leaves it. */
export default function YamlEditor(props: YamlEditorProps) {
  const { value, onChange, issues, schema, isReadOnly, label = 'Policy as YAML' } = props;
  const extensions = useMemo(
    () => [
      yaml(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      autocompletion({ override: [complete(schema)], activateOnTyping: true }),
      lintGutter(),
      linter((view) => issues.map((issue) => diagnosticOf(view, issue)), { delay: 0 }),
      EDITOR_LOOK,
    ],
    [schema, issues, label],
  );
  return (
    <div className="overflow-hidden rounded-md border border-line-strong">
      <CodeMirror
        value={value}
        onChange={onChange}
        readOnly={isReadOnly}
        extensions={extensions}
        theme="none"
        minHeight="420px"
        maxHeight="70vh"
        indentWithTab={false}
        basicSetup={{ autocompletion: false, highlightSelectionMatches: false }}
      />
    </div>
  );
}

function diagnosticOf(view: EditorView, issue: EditorIssue): Diagnostic {
  const line = view.state.doc.line(Math.min(Math.max(issue.line, 1), view.state.doc.lines));
  const from = Math.min(line.from + Math.max(issue.column - 1, 0), line.to);
  return { from, to: line.to, severity: issue.severity, message: issue.message };
}
