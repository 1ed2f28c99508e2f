import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { effect, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { colours } from '../editor/colours';
import { codeExtensions } from '../editor/extensions';

export interface CellEditorProps {
  text: Signal<string>;
  /** What a screen reader calls it. */
  label: string;
  /** TypeScript; otherwise commands of Redis. */
  isCode: boolean;
  onRun: () => void;
}

/** A piece of code that can be changed; Ctrl-Enter runs it. */
export function CellEditor({ text, label, isCode, onRun }: CellEditorProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const run = useRef(onRun);
  run.current = onRun;

  useEffect(() => {
    const place = host.current;
    if (!place) return;
    // As in the editor of files: its rules come as a constructed style sheet.
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const state = EditorState.create({
      doc: text.peek(),
      extensions: [
        runKey(() => run.current()),
        isCode ? codeExtensions(label) : plainExtensions(label),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) text.value = state.sliceDoc();
        }),
      ],
    });
    const view = new EditorView({ state, root, parent: root });
    const end = effect(() => {
      const wanted = text.value;
      const { length } = view.state.doc;
      if (wanted === view.state.sliceDoc()) return;
      view.dispatch({ changes: { from: 0, to: length, insert: wanted } });
    });
    return () => {
      end();
      view.destroy();
    };
  }, [text, label, isCode]);

  return <div class="editor" ref={host} />;
}

function runKey(run: () => void): Extension {
  const key = {
    key: 'Mod-Enter',
    run: () => {
      run();
      return true;
    },
  };
  return Prec.highest(keymap.of([key]));
}

function plainExtensions(label: string): Extension[] {
  return [
    history(),
    colours,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label }),
    keymap.of([...defaultKeymap, ...historyKeymap]),
  ];
}
