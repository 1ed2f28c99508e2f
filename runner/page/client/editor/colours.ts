import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The report's colours, by its own variables: light and dark follow by themselves. */
export const colours = [
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: 'var(--keyword)' },
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--string)' },
      { tag: tags.number, color: 'var(--number)' },
      { tag: tags.regexp, color: 'var(--pattern)' },
      { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
    ]),
  ),
  EditorView.theme({
    '&': {
      color: 'var(--ink)',
      backgroundColor: 'var(--card)',
      fontSize: '0.875rem',
      maxHeight: 'var(--editor-room)',
    },
    '&.cm-focused': { outline: '3px solid var(--accent)', outlineOffset: '-3px' },
    '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
    '.cm-content, .cm-gutter': { minHeight: '9rem' },
    '.cm-content': { caretColor: 'var(--ink)', padding: '0.5rem 0' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-gutters': {
      backgroundColor: 'var(--well)',
      color: 'var(--soft)',
      borderRight: '1px solid var(--line)',
    },
    '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
    '.cm-activeLineGutter': {
      backgroundColor: 'color-mix(in srgb, var(--accent) 12%, transparent)',
    },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
      { backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)' },
    '.cm-tooltip, .cm-panels': {
      backgroundColor: 'var(--card)',
      color: 'var(--ink)',
      border: '1px solid var(--line)',
      maxWidth: '36rem',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--accent)',
      color: 'var(--card)',
    },
    '.cm-diagnostic': { padding: '0.4rem 0.6rem', borderLeft: '4px solid var(--failed)' },
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--failed)',
    },
    '.cm-lint-marker-error': { content: 'none' },
    '.cm-lint-marker-error::before': { content: '"✗"', color: 'var(--failed)', fontWeight: '700' },
    '.cm-panel input, .cm-panel button': { font: 'inherit' },
    '.cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 9%, transparent)' },
    '.cm-changedText': {
      background: 'color-mix(in srgb, var(--accent) 26%, transparent)',
    },
  }),
];
