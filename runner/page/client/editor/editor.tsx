import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ShownFinding } from '../../protocol';
import type { Draft } from '../store/draft';
import { codeExtensions } from './extensions';
import { findingMarks, showFinding } from './finding-mark';

export interface EditorProps {
  draft: Draft;
  /** What is wrong with the file, shown beside its line. */
  finding: ShownFinding | undefined;
  readOnly: boolean;
  /** Save, and check even where nothing was to be saved. */
  onSave: () => void;
  /** Kept out of sight, with its text and what can be undone in it. */
  hidden?: boolean;
}

/**
 * The learner's file. It stands in a shadow tree of its own: there the editor brings its rules as a
 * constructed style sheet, and the page needs no leave for inline styles.
 */
export function Editor({ draft, finding, readOnly, onSave, hidden }: EditorProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);

  useEffect(() => {
    const place = host.current;
    if (!place) return;
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const editor = new EditorView({ state: stateOf(draft, readOnly, onSave), root, parent: root });
    view.current = editor;
    const stop = effect(() => {
      const text = draft.text.value;
      if (text !== textIn(editor)) replace(editor, text);
    });
    return () => {
      stop();
      editor.destroy();
      view.current = undefined;
    };
  }, [draft, readOnly, onSave]);

  useEffect(() => {
    if (view.current) showFinding(view.current, finding);
  }, [finding, draft]);

  return <div class="editor" ref={host} hidden={hidden ?? false} />;
}

function stateOf(draft: Draft, readOnly: boolean, onSave: () => void): EditorState {
  const { label } = draft.file.peek();
  const text = draft.text.peek();
  return EditorState.create({
    doc: text,
    extensions: [
      keymap.of([
        {
          key: 'Mod-s',
          preventDefault: true,
          run: () => {
            onSave();
            return true;
          },
        },
      ]),
      codeExtensions(label),
      findingMarks(),
      // What came with line ends of Windows is saved with them.
      text.includes('\r\n') ? EditorState.lineSeparator.of('\r\n') : [],
      readOnly ? [EditorState.readOnly.of(true)] : [],
      EditorView.updateListener.of(({ docChanged, view }) => {
        if (docChanged) draft.edit(textIn(view));
      }),
      EditorView.domEventHandlers({ blur: () => void draft.save() }),
    ],
  });
}

function textIn({ state }: EditorView): string {
  return state.sliceDoc();
}

/** Puts in what differs and no more, so that the cursor stays where it is. */
function replace(view: EditorView, text: string): void {
  const before = view.state.doc.toString();
  const after = text.replaceAll('\r\n', '\n');
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let same = 0;
  const most = Math.min(before.length, after.length) - from;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  view.dispatch({
    changes: { from, to: before.length - same, insert: after.slice(from, after.length - same) },
  });
}
