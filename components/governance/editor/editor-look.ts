import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { EditorView } from '@uiw/react-codemirror';

/** Words of the code, told apart in light and in dark. */
const WORDS = HighlightStyle.define([
  {
    tag: [tags.propertyName, tags.definition(tags.propertyName), tags.keyword],
    color: 'var(--accent-ink)',
  },
  { tag: [tags.string, tags.number, tags.bool, tags.null, tags.atom], color: 'var(--ink)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--subtle)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.meta, tags.operator], color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--error)' },
]);

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
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--accent-ink)',
  },
  '.cm-insertedLine, .cm-changedLine': { backgroundColor: 'var(--ok-soft)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--error-soft)' },
  '.cm-changedText, .cm-deletedText': { background: 'none', fontWeight: '600' },
  '.cm-collapsedLines': {
    background: 'var(--sunken)',
    color: 'var(--muted)',
    // The package's own sign is in few fonts.
    '&:before, &:after': { content: '"⋮"' },
  },
});

/** The code editors' colours, from the tokens. */
export const EDITOR_LOOK = [LOOK, syntaxHighlighting(WORDS)];
