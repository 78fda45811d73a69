'use client';

import { yaml } from '@codemirror/lang-yaml';
import { unifiedMergeView } from '@codemirror/merge';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { EDITOR_LOOK } from './editor-look';

/** Two texts as one, with what went and what came; long stretches that are the same are folded. */
export default function YamlDiff({ before, after }: { before: string; after: string }) {
  if (before === after) return <p className="text-muted">The two texts are the same.</p>;
  return (
    <div className="overflow-hidden rounded-md border border-line-strong">
      <CodeMirror
        value={after}
        editable={false}
        theme="none"
        maxHeight="480px"
        extensions={[
          yaml(),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Changes', tabindex: '0' }),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            collapseUnchanged: { margin: 3, minSize: 6 },
          }),
          EDITOR_LOOK,
        ]}
        basicSetup={{ foldGutter: false, highlightActiveLine: false, autocompletion: false }}
      />
    </div>
  );
}
